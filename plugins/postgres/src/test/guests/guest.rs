//! Passes queries and values on, both ways.

wit_bindgen::generate!({
    path: "../../main/resources/wit",
    inline: "
        package test:postgres;
        interface api {
            use wasmcloud:postgres/types@0.1.1-draft.{
                pg-value, result-row, query-error, statement-prepare-error, prepared-statement-exec-error
            };
            query: func(sql: string, params: list<pg-value>) -> result<list<result-row>, query-error>;
            query-batch: func(sql: string) -> result<_, query-error>;
            /// Prepares a statement once and runs it with each of these.
            exec-each: func(sql: string, params: list<list<pg-value>>)
                -> result<list<result<u64, prepared-statement-exec-error>>, statement-prepare-error>;
            exec: func(token: string) -> result<u64, prepared-statement-exec-error>;
            /// Prepares it so many times and tells what goes wrong.
            prepare-many: func(sql: string, times: u32) -> result<_, statement-prepare-error>;
        }
        world guest {
            import wasmcloud:postgres/query@0.1.1-draft;
            import wasmcloud:postgres/prepared@0.1.1-draft;
            export api;
        }",
    generate_all,
});

use exports::test::postgres::api::Guest;
use wasmcloud::postgres::types::*;
use wasmcloud::postgres::{prepared, query};

struct Component;

impl Guest for Component {
    fn query(sql: String, params: Vec<PgValue>) -> Result<Vec<ResultRow>, QueryError> {
        query::query(&sql, &params)
    }

    fn query_batch(sql: String) -> Result<(), QueryError> {
        query::query_batch(&sql)
    }

    fn exec_each(
        sql: String,
        params: Vec<Vec<PgValue>>,
    ) -> Result<Vec<Result<u64, PreparedStatementExecError>>, StatementPrepareError> {
        let token = prepared::prepare(&sql)?;
        Ok(params.iter().map(|p| prepared::exec(&token, p)).collect())
    }

    fn exec(token: String) -> Result<u64, PreparedStatementExecError> {
        prepared::exec(&token, &[])
    }

    fn prepare_many(sql: String, times: u32) -> Result<(), StatementPrepareError> {
        (0..times).try_for_each(|_| prepared::prepare(&sql).map(|_| ()))
    }
}

export!(Component);
