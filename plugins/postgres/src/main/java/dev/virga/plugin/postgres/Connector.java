package dev.virga.plugin.postgres;

import dev.virga.plugin.WorkloadName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.postgresql.PGProperty;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

/** Opens connections for one workload. */
final class Connector {

    private static final int CONNECT_SECONDS = 5;
    private static final int CANCEL_SECONDS = 2;

    private final Server server;
    private final WorkloadName workload;
    private final Consumer<String> log;

    /** @param log is told of failures, with what is not the guest's to know */
    Connector(Server server, WorkloadName workload, Consumer<String> log) {
        this.server = server;
        this.workload = workload;
        this.log = log;
    }

    Session open() {
        Guard guard = new Guard();
        Connection connection = null;
        try {
            connection = source(guard).getConnection();
            connection.setNetworkTimeout(Runnable::run, 0); // a call has a deadline of its own
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TIME ZONE 'UTC'");
                try (ResultSet sample = statement.executeQuery(Money.SAMPLE)) {
                    sample.next();
                    return new Session((BaseConnection) connection, guard, Money.of(sample.getString(1)));
                }
            }
        } catch (SQLException | RuntimeException e) { // of the latter too, if the server is none
            guard.close();
            close(connection);
            String state = e instanceof PSQLException p && p.getSQLState() != null ? p.getSQLState() : "08001";
            log.accept(workload + ": no connection to the database at " + server + ": " + state + " " + e.getMessage());
            throw new QueryFailure.Unexpected(state + ": the database cannot be reached, or refuses the login; "
                    + "the host's log says why");
        }
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it is gone
        }
    }

    private PGSimpleDataSource source(Guard guard) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(server.database());
        source.setUser(server.user());
        server.password().ifPresent(source::setPassword);
        server.schema().ifPresent(schema -> source.setCurrentSchema('"' + schema.replace("\"", "\"\"") + '"'));
        source.setApplicationName("virga " + workload);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(CONNECT_SECONDS); // while it greets
        source.setCancelSignalTimeout(CANCEL_SECONDS);
        source.setTcpKeepAlive(true);
        // Values pass as text whose type the server infers; nothing outlives a call.
        source.setProperty(PGProperty.STRING_TYPE, "unspecified");
        source.setBinaryTransfer(false);
        source.setPrepareThreshold(0);
        source.setPreparedStatementCacheQueries(0);
        source.setOptions("-c statement_timeout=" + server.limits().timeout().toMillis());
        source.setProperty(PGProperty.GSS_ENC_MODE, "disable");
        source.setProperty(PGProperty.SSL_MODE, server.tls().text());
        if (server.tls() == Tls.DISABLE) {
            source.setProperty(PGProperty.SOCKET_FACTORY, GuardedSocketFactory.class.getName());
            source.setProperty(PGProperty.SOCKET_FACTORY_ARG, guard.id);
        } else {
            source.setSslfactory(GuardedTlsFactory.class.getName());
            source.setProperty(PGProperty.SSL_FACTORY_ARG, guard.id);
            if (server.rootCert().isPresent()) {
                source.setSslRootCert(server.rootCert().get());
            }
        }
        return source;
    }
}
