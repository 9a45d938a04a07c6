package dev.virga.plugin.postgres;

import static dev.virga.plugin.postgres.Setup.one;
import static dev.virga.plugin.postgres.Setup.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.VariantValue;
import dev.virga.engine.Trap;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements of a guest, and what they may take. */
@Timeout(60)
class QueriesTest {

    @TempDir
    static Path data;

    private static PostgresServer server;
    private static TestHost watcherHost;
    /** Asks the server what the others do. */
    private static TestWorkload watcher;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        watcherHost = Setup.host(data, Setup.backend(server.port));
        watcher = Setup.start(watcherHost, new WorkloadName("team", "watcher"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            try (PostgresServer s = server;
                    TestHost h = watcherHost) {
                watcher.close();
            }
        }
    }

    private interface Body {
        void on(TestHost host, TestWorkload workload) throws Exception;
    }

    private static void with(String name, List<String> settings, Body body) throws Exception {
        try (TestHost host = Setup.host(data, Setup.backend(server.port, settings.toArray(String[]::new)));
                TestWorkload workload = Setup.start(host, new WorkloadName("team", name))) {
            body.on(host, workload);
        }
        until(() -> connections(name) == 0);
    }

    private static long connections(String workload) {
        return count("application_name = 'virga team/" + workload + "'");
    }

    private static long count(String condition) {
        return (Long) one(watcher, "SELECT count(*) FROM pg_stat_activity WHERE " + condition).payload().orElseThrow();
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void callsAreSpansWithoutTheirSql() throws Exception {
        with("spans", List.of(), (host, workload) -> {
            one(workload, "SELECT 1::bigint");
            assertEquals(1, workload.spans().size());
            assertTrue(workload.spans().getFirst().startsWith("postgresql query "), workload.spans()::toString);
            assertFalse(workload.spans().getFirst().contains("SELECT"), workload.spans()::toString);
        });
    }

    @Test
    void rowsComeInTheirOrderWithTheNamesOfTheirColumns() throws Exception {
        with("rows", List.of(), (_, shop) -> {
            Result<List<Object>, VariantValue> result =
                    Setup.call(shop, "query", "SELECT i AS n, i * 2 AS twice FROM generate_series(1, $1) i", List.of(value("int4", 2)));
            String rows = result.orElse(e -> List.of(e)).toString();
            assertEquals("[[" + entry("n", 1) + ", " + entry("twice", 2) + "], [" + entry("n", 2) + ", " + entry("twice", 4) + "]]", rows);
            assertEquals(List.of(), Setup.query(shop, "CREATE TABLE t (i int)"));
            assertEquals(List.of(), Setup.query(shop, "INSERT INTO t VALUES (1)"));
            assertEquals(List.of(List.of(value("int4", 1))), Setup.query(shop, "UPDATE t SET i = i RETURNING i"));
            assertEquals(List.of(), Setup.query(shop, "SELECT * FROM t WHERE i = $1 AND $1 IS NOT NULL", value("int4", 9)));
        });
    }

    private static String entry(String name, int value) {
        return Records.of("column-name", name, "value", value("int4", value)).toString();
    }

    @Test
    void errorsSayTheStateAndNothingOfTheHost() throws Exception {
        with("errors", List.of(), (host, shop) -> {
            assertEquals("invalid-query 42P01: relation \"nowhere\" does not exist", Setup.error(shop, "SELECT * FROM nowhere"));
            assertEquals("invalid-query 42601: syntax error at or near \"SELEC\"", Setup.error(shop, "SELEC 1"));
            assertEquals("invalid-query 22P02: invalid input syntax for type integer: \"x\"",
                    Setup.error(shop, "SELECT $1::int", value("text", "x")));
            assertEquals("invalid-query 22012: division by zero", Setup.error(shop, "SELECT 1/0"));
            assertTrue(Setup.error(shop, "SELECT 1; SELECT 2").startsWith("invalid-query 42601: there is more than one"));
            assertTrue(Setup.error(shop, "COPY pg_class TO STDOUT").startsWith("unexpected "));
            assertEquals(value("int4", 1), one(shop, "SELECT 1"), "and the connection goes on");
        });
    }

    @Test
    void aMillionRowsAreRefusedAndTheServerStopsThere() throws Exception {
        with("million", List.of("rows", "100"), (_, shop) -> {
            assertEquals(100, Setup.query(shop, "SELECT generate_series(1, 100)").size());
            String error = Setup.error(shop, "SELECT generate_series(1, 1000000)");
            assertEquals("unexpected the result has more than 100 rows; ask for less at a time, by LIMIT", error);
        });
        with("million", List.of("rows", "2000000", "resultBytes", "1Mi"), (_, shop) -> {
            String error = Setup.error(shop, "SELECT generate_series(1, 1000000)");
            assertEquals("unexpected the answer is longer than 1048576 bytes; ask for less at a time", error);
        });
    }

    @Test
    void whatIsTooLongIsRefusedBeforeThereIsRoomForIt() throws Exception {
        with("long", List.of("resultBytes", "1Mi"), (_, shop) -> {
            String expected = "unexpected the answer is longer than 1048576 bytes; ask for less at a time";
            assertEquals(1_000_000, one(shop, "SELECT repeat('x', 1000000)").payload().orElseThrow().toString().length());
            assertEquals(expected, Setup.error(shop, "SELECT repeat('x', 500000000)"));
            assertEquals(expected, Setup.error(shop, "SELECT repeat('x', 600000), repeat('y', 600000)"));
            assertEquals(expected, batchError(shop, "DO $$ BEGIN RAISE EXCEPTION '%', repeat('x', 100000000); END $$"));
            assertEquals(expected, batchError(shop,
                    "DO $$ BEGIN FOR i IN 1..100000 LOOP RAISE NOTICE '%', repeat('x', 1000); END LOOP; END $$"));
            assertEquals(value("int4", 1), one(shop, "SELECT 1"));
        });
    }

    @Test
    void aResultIsChargedToTheInstance() throws Exception {
        // The kit's instances may hold 256 MiB.
        with("charged", List.of("resultBytes", "1Gi", "rows", "100000000"), (_, shop) -> {
            String error = Setup.error(shop, "SELECT generate_series(1, 3000000)");
            assertTrue(error.equals("unexpected the workload's memory limit is reached"), error);
        });
    }

    private static String batchError(TestWorkload workload, String sql) {
        return assertInstanceOf(Result.Err.class, Setup.batch(workload, sql)).error() instanceof VariantValue error
                ? error.name() + " " + error.payload().orElseThrow()
                : "";
    }

    @Test
    void aBatchIsDoneAsAWholeOrNotAtAll() throws Exception {
        with("batch", List.of(), (_, shop) -> {
            assertEquals(Result.ok(), Setup.batch(shop, "CREATE TABLE b (i int); INSERT INTO b VALUES (1); INSERT INTO b VALUES (2)"));
            assertTrue(batchError(shop, "INSERT INTO b VALUES (3); INSERT INTO b VALUES ('x')").startsWith("invalid-query 22P02"));
            assertEquals(value("int8", 2L), one(shop, "SELECT count(*) FROM b"));
            assertEquals(Result.ok(), Setup.batch(shop, ""));
        });
    }

    @Test
    void preparedStatementsRunAgainAndEndWithTheInstance() throws Exception {
        with("prepared", List.of(), (_, shop) -> {
            Setup.batch(shop, "CREATE TABLE p (i int UNIQUE, t text)");
            String sql = "INSERT INTO p VALUES ($1, $2)";
            Result<List<Object>, VariantValue> results = Setup.call(shop, "exec-each", sql, List.of(
                    List.of(value("int4", 1), value("text", "a")),
                    List.of(value("int4", 2), Setup.NULL),
                    List.of(value("int4", 2), Setup.NULL),
                    List.of(value("int4", 3))));
            List<Object> each = results.orElse(e -> List.of(e));
            assertEquals(List.of(Result.ok(1L), Result.ok(1L)), each.subList(0, 2));
            assertTrue(each.get(2).toString().contains("invalid-query, payload=Optional[23505: "), each::toString);
            assertTrue(each.get(3).toString().contains("the statement uses $2, but there are 1 parameters"), each::toString);
            Result<List<Object>, VariantValue> updated = Setup.call(shop, "exec-each", "UPDATE p SET t = $1", List.of(List.of(value("text", "b"))));
            assertEquals(Result.ok(List.of(Result.ok(2L))), updated);

            Result<Void, VariantValue> wrong = Setup.call(shop, "prepare-many", "SELECT nothing FROM p", 1);
            assertTrue(wrong.toString().contains("42703: "), wrong::toString);
            Result<Void, VariantValue> many = Setup.call(shop, "prepare-many", "SELECT $1::int", 257);
            assertTrue(many.toString().contains("has prepared 256 statements, as many as it may"), many::toString);
            Result<Long, VariantValue> unknown = Setup.call(shop, "exec", "statement-1");
            assertTrue(unknown.toString().contains("unknown-prepared-query"), unknown::toString);
        });
    }

    @Test
    void nothingOfACallIsLeftForTheNext() throws Exception {
        with("reset", List.of("poolSize", "1"), (_, shop) -> {
            VariantValue first = one(shop, "SELECT pg_backend_pid()");
            Setup.batch(shop, "SET search_path TO pg_catalog; CREATE TEMP TABLE mine (i int); SET TIME ZONE 'Asia/Tokyo'; "
                    + "SELECT pg_advisory_lock(42); SET statement_timeout = 0; LISTEN x");
            Setup.query(shop, "BEGIN");
            assertEquals(first, one(shop, "SELECT pg_backend_pid()"), "it is the same connection");
            assertEquals(value("text", "\"$user\", public"), one(shop, "SHOW search_path"));
            assertEquals(value("text", "UTC"), one(shop, "SHOW TIME ZONE"));
            assertEquals(value("text", "30s"), one(shop, "SHOW statement_timeout"));
            assertEquals(value("int8", 0L), one(shop, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"));
            assertNotEquals(one(shop, "SELECT now()"), one(shop, "SELECT now()"), "there is no transaction");
            assertTrue(Setup.error(shop, "SELECT * FROM mine").contains("42P01"));
        });
    }

    @Test
    void aSlowStatementIsCancelledAtItsTimeout() throws Exception {
        with("slow", List.of("timeout", "300ms"), (_, shop) -> {
            assertEquals("unexpected 57014: canceling statement due to statement timeout", Setup.error(shop, "SELECT pg_sleep(60)"));
            // Even if the guest tells the server otherwise.
            String error = batchError(shop, "SET statement_timeout = 0; SELECT pg_sleep(60)");
            assertEquals("unexpected 57014: the call took longer than 300 ms", error);
            until(() -> count("query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()") == 0);
        });
    }

    @Test
    void aStatementIsCancelledWhenTheGuestIsStopped() throws Exception {
        with("stopped", List.of(), (_, shop) -> {
            for (Executor executor : List.<Executor>of(Thread::startVirtualThread, task -> new Thread(task).start())) {
                CompletableFuture<String> call =
                        CompletableFuture.supplyAsync(() -> Setup.error(shop, "SELECT pg_sleep(50)"), executor);
                until(() -> count("query = 'SELECT pg_sleep(50)' AND state = 'active'") == 1);
                shop.interrupt("deadline of 1 s passed");
                Throwable failure = assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS)).getCause();
                assertEquals(Trap.Kind.INTERRUPTED, assertInstanceOf(Trap.class, failure).kind());
                until(() -> count("query = 'SELECT pg_sleep(50)' AND state = 'active'") == 0);
            }
            assertEquals(value("int4", 1), one(shop, "SELECT 1"));
        });
    }

    @Test
    void connectionsAreLimitedSharedAndClosed() throws Exception {
        with("pool", List.of("poolSize", "3", "idle", "200ms"), (host, shop) -> {
            List<CompletableFuture<VariantValue>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(CompletableFuture.supplyAsync(
                        () -> one(shop, "SELECT count(*) FROM pg_stat_activity, pg_sleep(0.01) "
                                + "WHERE application_name = 'virga team/pool'"), Thread::startVirtualThread));
            }
            for (CompletableFuture<VariantValue> call : calls) {
                assertTrue((Long) call.get(30, TimeUnit.SECONDS).payload().orElseThrow() <= 3);
            }
            for (int i = 0; i < 20; i++) {
                Setup.error(shop, "SELECT 1/0");
                Setup.error(shop, "SELECT pg_terminate_backend(pg_backend_pid())");
            }
            assertTrue(connections("pool") <= 3);
            until(() -> connections("pool") == 0);
            assertEquals(List.of(), host.log());
        });
        with("full", List.of("poolSize", "1", "wait", "50ms"), (_, shop) -> {
            CompletableFuture<VariantValue> slow =
                    CompletableFuture.supplyAsync(() -> one(shop, "SELECT 1 FROM pg_sleep(1)"), Thread::startVirtualThread);
            until(() -> count("query = 'SELECT 1 FROM pg_sleep(1)' AND state = 'active'") == 1);
            assertEquals("unexpected 53300: all 1 connections of the workload are in use, and none was free within 50 ms",
                    Setup.error(shop, "SELECT 2"));
            assertEquals(value("int4", 1), slow.get(10, TimeUnit.SECONDS));
        });
    }

    @Test
    void aWrongPasswordIsNotShown() throws Exception {
        with("password", List.of("password", "hunter2"), (host, shop) -> {
            String error = Setup.error(shop, "SELECT 1");
            assertEquals("unexpected 28P01: the database cannot be reached, or refuses the login; the host's log says why", error);
            assertFalse(host.log().toString().contains("hunter2"), host.log()::toString);
        });
    }

    @Test
    void aLoginForEachNamespaceKeepsTenantsApart() throws Exception {
        Setup.batch(watcher, "CREATE ROLE app_a LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'; CREATE ROLE app_b LOGIN PASSWORD '"
                + PostgresServer.PASSWORD + "'; CREATE SCHEMA \"sch-a\" AUTHORIZATION app_a; CREATE SCHEMA \"sch-b\" AUTHORIZATION app_b");
        try (TestHost host = Setup.host(data, Setup.backend(server.port, "user", "app_{namespace}", "schema", "sch-{namespace}"));
                TestWorkload a = Setup.start(host, new WorkloadName("a", "shop"));
                TestWorkload b = Setup.start(host, new WorkloadName("b", "shop"))) {
            Setup.batch(a, "CREATE TABLE secrets (t text); INSERT INTO secrets VALUES ('of a')");
            Setup.batch(b, "CREATE TABLE secrets (t text); INSERT INTO secrets VALUES ('of b')");
            assertEquals(value("text", "of a"), one(a, "SELECT t FROM secrets"));
            assertEquals(value("text", "of b"), one(b, "SELECT t FROM secrets"));
            assertTrue(Setup.error(b, "SELECT t FROM \"sch-a\".secrets").contains("42501"));
            for (String sql : List.of("SET ROLE app_a", "SET SESSION AUTHORIZATION app_a")) {
                assertTrue(batchError(b, sql + "; SELECT t FROM \"sch-a\".secrets").contains("42501"), sql);
            }
            assertTrue(batchError(b, "RESET ROLE; SET ROLE NONE; SELECT t FROM \"sch-a\".secrets").contains("42501"));
        }
    }
}
