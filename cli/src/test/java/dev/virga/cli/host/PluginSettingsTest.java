package dev.virga.cli.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.workload.PluginSet;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Limits;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All numbers, times and sizes that the settings of the plugins have, with their bounds. Nothing is reached for that. */
class PluginSettingsTest {

    /** What a kind of backend needs, so that only the setting under test can be wrong. */
    private static final Map<String, Map<String, String>> NEEDED = Map.of(
            "redis", Map.of("url", "redis://127.0.0.1:1"),
            "nats", Map.of("url", "nats://127.0.0.1:1"),
            "jetstream", Map.of("url", "nats://127.0.0.1:1"),
            "s3", Map.of("bucket", "b", "access-key", "a", "secret-key", "s"),
            "postgres", Map.of("url", "postgresql://me@db/shop"));

    @TempDir
    private Path data;

    private PluginSet open(String plugin, String kind, Map<String, String> settings) {
        return new PluginSet(ServiceLoader.load(PluginProvider.class), provider -> new PluginHost() {
            @Override
            public Path data() {
                return data;
            }

            @Override
            public Map<String, Backend> backends() {
                return provider.name().equals(plugin)
                        ? Map.of("default", new Backend(kind, new Settings(settings)))
                        : Map.of();
            }

            @Override
            public void log(String line) {}
        });
    }

    private static void assertBounds(
            String setting, String least, String most, String below, String above, Check check) {
        assertDoesNotThrow(() -> check.of(least), least);
        assertDoesNotThrow(() -> check.of(most), most);
        String range = "the setting \"" + setting + "\" must be from " + least + " to " + most + ", but is ";
        assertRefused(range + below, () -> check.of(below));
        assertRefused(range + above, () -> check.of(above));
        assertRefused("the setting \"" + setting + "\" must be a ", () -> check.of("much"));
    }

    private interface Check {
        void of(String value) throws Exception;
    }

    private static void assertRefused(String text, Executable check) {
        String message = assertThrows(PluginException.Refused.class, check).getMessage();
        assertTrue(message.contains(text), message);
    }

    @ParameterizedTest
    @CsvSource({
        "blobstore, memory,    namespace-bytes, 1,     256Gi,   0,    10T",
        "blobstore, directory, namespace-bytes, 1,     256Ti,   0,    300T",
        "blobstore, memory,    object-bytes,    1,     256Ti,   0,    300T",
        "blobstore, nats,      maxBytes,        1,     256Ti,   0,    300T",
        "blobstore, nats,      replicas,        1,     5,       0,    6",
        "blobstore, nats,      timeout,         1ms,   10m,     0s,   11m",
        "blobstore, nats,      publishBuffer,   0,     1Gi,     -,    2Gi",
        "blobstore, s3,        part-bytes,      5Mi,   64Mi,    1,    65Mi",
        "blobstore, s3,        timeout,         1ms,   1h,      0s,   61m",
        "blobstore, s3,        retries,         0,     20,      -1,   21",
        "keyvalue,  memory,    capacity,        1,     256Gi,   0,    10T",
        "keyvalue,  embedded,  capacity,        1,     16Ti,    0,    17Ti",
        "keyvalue,  redis,     pool,            1,     1000,    0,    1001",
        "keyvalue,  redis,     timeout,         1ms,   10m,     0ms,  11m",
        "keyvalue,  redis,     database,        0,     1048576, -1,   1048577",
        "keyvalue,  nats,      maxBytes,        1,     256Ti,   0,    300T",
        "keyvalue,  nats,      replicas,        1,     5,       0,    6",
        "keyvalue,  nats,      timeout,         1ms,   10m,     0ms,  PT11M",
        "messaging, memory,    queueMessages,   1,     1000000, 0,    1000001",
        "messaging, memory,    queueBytes,      1,     16Gi,    0,    17Gi",
        "messaging, nats,      timeout,         1ms,   10m,     0ms,  24h",
        "messaging, nats,      publishBuffer,   0,     1Gi,     -,    2Gi",
        "messaging, jetstream, maxBytes,        1,     256Ti,   0,    300T",
        "messaging, jetstream, maxAge,          100ms, 87600h,  99ms, 87601h",
        "messaging, jetstream, replicas,        1,     5,       -5,   6",
        "messaging, jetstream, timeout,         1ms,   10m,     0ms,  24h",
        "postgres,  postgres,  poolSize,        1,     1000,    0,    1001",
        "postgres,  postgres,  wait,            0ms,   1h,      PT-1S, 61m",
        "postgres,  postgres,  timeout,         1ms,   24h,     0ms,  25h",
        "postgres,  postgres,  idle,            0ms,   24h,     PT-1S, 25h",
        "postgres,  postgres,  rows,            1,     1000000000, 0, 1000000001",
        "postgres,  postgres,  resultBytes,     1Ki,   1Gi,     1000, 10T",
        "logging,   default,   rate,            1,     1Gi,     0,    2Gi",
        "logging,   default,   message,         1,     1Mi,     0,    2Mi",
    })
    void ofBackends(
            String plugin, String kind, String setting, String least, String most, String below, String above) {
        Map<String, String> settings = new TreeMap<>(NEEDED.getOrDefault(kind, Map.of()));
        if (plugin.equals("logging")) {
            settings.put("burst", "100Mi"); // what the longest line needs
        }
        Check check = value -> {
            settings.put(setting, value);
            open(plugin, kind, settings).close();
        };
        assertBounds(setting, least, most, below.equals("-") ? above : below, above, check);
    }

    @ParameterizedTest
    @CsvSource({
        "wasmcloud:messaging, max_in_flight, 1,  10000, 0,   10001",
        "wasmcloud:messaging, maxDeliver,    1,  1000,  -1,  1001",
        "wasmcloud:messaging, ackWait,       1s, 24h,   0ms, 25h",
        "wasi:messaging,      ackWait,       1s, 24h,   0ms, 25h",
    })
    void ofEntries(
            String packageName, String setting, String least, String most, String below, String above) {
        Map<String, String> durable = new TreeMap<>(NEEDED.get("jetstream")); // others know no ackWait
        try (PluginSet plugins = open("messaging", "jetstream", durable)) {
            assertBounds(setting, least, most, below, above, value -> {
                Grant grant = new Grant(
                        new WorkloadName("default", "w"), packageName, Set.of("consumer"), Optional.empty(),
                        Optional.empty(), new Settings(Map.of(setting, value)), Limits.DEFAULT);
                plugins.find(grant).orElseThrow().bind(grant).close();
            });
        }
    }
}
