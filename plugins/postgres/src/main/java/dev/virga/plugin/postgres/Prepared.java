package dev.virga.plugin.postgres;

import dev.virga.component.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code wasmcloud:postgres/prepared} for one instance. A statement is kept here and not on a connection, which an
 * instance would have to keep for itself alone: it is prepared again, in the same round trip, where it runs.
 */
final class Prepared {

    private final Calls calls;
    private final int most;
    private final Map<String, String> statements = new HashMap<>();
    private final Charge charge;

    Prepared(Calls calls, int most) {
        this.calls = calls;
        this.most = most;
        this.charge = calls.charge();
        calls.instance().onClose(charge);
    }

    sealed interface PrepareError {
        record Unexpected(String text) implements PrepareError {}
    }

    sealed interface ExecError {
        record UnknownPreparedQuery() implements ExecError {}

        record QueryError(dev.virga.plugin.postgres.QueryError error) implements ExecError {}

        record Unexpected(String text) implements ExecError {}
    }

    public synchronized Result<String, PrepareError> prepare(String sql) {
        try (Charge ofCall = calls.charge()) {
            if (statements.size() == most) {
                throw new QueryFailure.TooMuch("the instance has prepared " + most + " statements, as many as it may");
            }
            ofCall.add(Placeholders.WORK * sql.length());
            Placeholders checked = Placeholders.of(sql);
            calls.run("prepare", ofCall, session -> {
                Statements.check(session, checked);
                return null;
            });
            charge.add(2L * sql.length());
            String token = "statement-" + (statements.size() + 1);
            statements.put(token, sql);
            return Result.ok(token);
        } catch (QueryFailure e) {
            return Result.err(new PrepareError.Unexpected(e.getMessage()));
        }
    }

    public synchronized Result<Long, ExecError> exec(String token, List<Object> params) {
        String sql = statements.get(token);
        if (sql == null) {
            return Result.err(new ExecError.UnknownPreparedQuery());
        }
        try (Charge ofCall = calls.charge()) {
            ofCall.add(Placeholders.WORK * sql.length());
            Placeholders statement = Placeholders.of(sql, params.size());
            return Result.ok(
                    calls.run("exec", ofCall, session -> Statements.update(session, statement, params, ofCall)));
        } catch (QueryFailure e) {
            return Result.err(new ExecError.QueryError(QueryError.of(e)));
        }
    }
}
