package dev.virga.plugin.postgres;

import dev.virga.component.Result;
import dev.virga.plugin.postgres.Statements.ResultRowEntry;
import java.util.List;

/** {@code wasmcloud:postgres/query} for one instance. */
final class Query {

    private final Calls calls;

    Query(Calls calls) {
        this.calls = calls;
    }

    public Result<List<List<ResultRowEntry>>, QueryError> query(String sql, List<Object> params) {
        try (Charge charge = calls.charge()) {
            charge.add(Placeholders.WORK * sql.length());
            Placeholders statement = Placeholders.of(sql, params.size());
            return Result.ok(calls.run("query", charge, session ->
                    Statements.query(session, statement, params, charge, calls.limits().rows())));
        } catch (QueryFailure e) {
            return Result.err(QueryError.of(e));
        }
    }

    public Result<Void, QueryError> queryBatch(String sql) {
        try (Charge charge = calls.charge()) {
            calls.run("query-batch", charge, session -> {
                Statements.batch(session, sql);
                return null;
            });
            return Result.ok();
        } catch (QueryFailure e) {
            return Result.err(QueryError.of(e));
        }
    }
}
