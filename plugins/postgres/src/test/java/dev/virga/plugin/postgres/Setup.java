package dev.virga.plugin.postgres;

import dev.virga.component.RecordValue;
import dev.virga.component.Result;
import dev.virga.component.VariantValue;
import dev.virga.plugin.Grant;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hosts and workloads of the tests, and calls of the guest. */
final class Setup {

    static final WorkloadName SHOP = new WorkloadName("team", "shop");

    private static final String API = "test:postgres/api";

    private Setup() {}

    static PluginHost.Backend backend(int port, String... settings) {
        Settings all = new Settings(Map.of(
                "url", "postgresql://127.0.0.1:" + port + "/postgres",
                "user", "admin",
                "password", PostgresServer.PASSWORD,
                "tls", "disable"));
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        return new PluginHost.Backend("postgres", all);
    }

    static TestHost host(Path data, PluginHost.Backend backend) {
        return new TestHost(new PostgresProvider(), data, Map.of("default", backend));
    }

    static TestWorkload start(TestHost host, WorkloadName name, String... settings) throws IOException {
        return host.start(name, Files.readAllBytes(Path.of("src/test/guests/guest.wasm")), grant(name, settings));
    }

    static Grant grant(WorkloadName name, String... settings) {
        return TestHost.grant(name, Wit.PACKAGE, Set.of("query", "prepared"), settings);
    }

    static VariantValue value(String name, Object payload) {
        return new VariantValue(name, Optional.of(payload));
    }

    static final VariantValue NULL = new VariantValue("null", Optional.empty());

    /** Rows of values. */
    static List<List<Object>> query(TestWorkload workload, String sql, VariantValue... params) {
        Result<List<Object>, VariantValue> result = call(workload, "query", sql, List.of(params));
        List<List<Object>> rows = new ArrayList<>();
        for (Object row : result.orElse(e -> { throw new AssertionError(sql + ": " + e); })) {
            rows.add(((List<?>) row).stream().map(entry -> ((RecordValue) entry).fields().get("value")).toList());
        }
        return rows;
    }

    /** The error's case and text. */
    static String error(TestWorkload workload, String sql, VariantValue... params) {
        Result<List<Object>, VariantValue> result = call(workload, "query", sql, List.of(params));
        return switch (result) {
            case Result.Ok<List<Object>, VariantValue>(List<Object> rows) ->
                throw new AssertionError(sql + " gave " + rows.size() + " rows");
            case Result.Err<List<Object>, VariantValue>(VariantValue error) ->
                error.name() + " " + error.payload().orElseThrow();
        };
    }

    /** One value of one row. */
    static VariantValue one(TestWorkload workload, String sql, VariantValue... params) {
        return (VariantValue) query(workload, sql, params).getFirst().getFirst();
    }

    static Object batch(TestWorkload workload, String sql) {
        return call(workload, "query-batch", sql);
    }

    @SuppressWarnings("unchecked")
    static <T> T call(TestWorkload workload, String function, Object... arguments) {
        return (T) workload.call(List.of(API, function), arguments);
    }
}
