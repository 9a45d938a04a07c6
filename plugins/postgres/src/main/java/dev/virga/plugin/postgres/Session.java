package dev.virga.plugin.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** One connection to a server. Used by one call at a time; {@link #stop} may come from any thread. */
final class Session implements AutoCloseable {

    private static final int RESET_MILLIS = 5_000;

    private final BaseConnection connection;
    private final Guard guard;
    private final Money money;
    private long usedLast = System.nanoTime();

    Session(BaseConnection connection, Guard guard, Money money) {
        this.connection = connection;
        this.guard = guard;
        this.money = money;
    }

    Connection connection() {
        return connection;
    }

    BaseConnection driver() {
        return connection;
    }

    Guard guard() {
        return guard;
    }

    Money money() {
        return money;
    }

    /** Nanoseconds since it was given back. */
    long unusedFor() {
        return System.nanoTime() - usedLast;
    }

    /** Leaves nothing of what a call has set, locked, prepared or made for itself. */
    void reset() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, RESET_MILLIS); // nobody waits for it who could give up
        try (Statement statement = connection.createStatement()) {
            if (connection.getTransactionState() != TransactionState.IDLE) {
                statement.execute("ROLLBACK");
            }
            // In one round trip. The driver has asked for the JVM's zone, to which the first goes back.
            statement.execute("DISCARD ALL; SET TIME ZONE 'UTC'");
        }
        connection.setNetworkTimeout(Runnable::run, 0);
        connection.clearWarnings();
        usedLast = System.nanoTime();
    }

    /** Whether the server still answers. */
    boolean answers() {
        try {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the statement that runs on the server. */
    void cancel() {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            // The server cannot be reached, or has ended it already.
        }
    }

    /** Ends it without a word to the server, whatever another thread waits for. */
    void stop() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // it is gone
        } finally {
            guard.close();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // it is gone
        } finally {
            guard.close();
        }
    }
}
