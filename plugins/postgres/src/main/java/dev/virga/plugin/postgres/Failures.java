package dev.virga.plugin.postgres;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the driver reports, as guests may see it. */
final class Failures {

    private static final int MOST_CHARS = 2000;

    private Failures() {}

    static QueryFailure of(SQLException e) {
        Optional<QueryFailure.TooMuch> limit = limit(e);
        if (limit.isPresent()) {
            return limit.get();
        }
        String state = Optional.ofNullable(e.getSQLState()).orElse("XX000");
        Optional<ServerErrorMessage> said =
                e instanceof PSQLException p ? Optional.ofNullable(p.getServerErrorMessage()) : Optional.empty();
        if (said.isEmpty()) {
            // The driver's own texts name hosts and ports.
            return state.startsWith("08")
                    ? new QueryFailure.Unexpected(state + ": the connection to the database broke")
                    : new QueryFailure.Unexpected(state + ": the database's answer could not be read");
        }
        String text = state + ": " + said.map(ServerErrorMessage::getMessage).orElse("");
        text = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text;
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08", "25", "40", "53", "54", "55", "57", "58", "XX" -> new QueryFailure.Unexpected(text);
            default -> new QueryFailure.BadQuery(text);
        };
    }

    /** Whether the connection may be used again once it is reset. */
    static boolean survives(SQLException e) {
        return e instanceof PSQLException p
                && p.getServerErrorMessage() != null
                && p.getSQLState() != null
                && !p.getSQLState().startsWith("08")
                && !p.getSQLState().startsWith("57P")
                && limit(e).isEmpty();
    }

    private static Optional<QueryFailure.TooMuch> limit(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof GuardedInput.Exceeded exceeded) {
                return Optional.of(new QueryFailure.TooMuch(exceeded.getMessage()));
            }
        }
        return Optional.empty();
    }
}
