package dev.virga.plugin.config;

import dev.virga.component.Result;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hosts and workloads of the tests, and calls of the guest. */
final class Setup {

    static final WorkloadName SHOP = new WorkloadName("team", "shop");

    private Setup() {}

    static PluginHost.Backend files(Path path, String... more) {
        Settings settings = new Settings(Map.of("path", path.toString()));
        for (int i = 0; i < more.length; i += 2) {
            settings = settings.with(more[i], more[i + 1]);
        }
        return new PluginHost.Backend("files", settings);
    }

    static TestHost host(Path data, Map<String, String> environment, Map<String, PluginHost.Backend> backends) {
        return new TestHost(
                new PluginProvider() {
                    @Override
                    public String name() {
                        return "config";
                    }

                    @Override
                    public Plugin open(PluginHost host) {
                        return new ConfigPlugin(host, environment);
                    }
                },
                data,
                backends);
    }

    /** With the same settings for both packages. */
    static TestWorkload start(TestHost host, WorkloadName name, String... settings) throws IOException {
        return host.start(
                name,
                Files.readAllBytes(Path.of("src/test/guests/guest.wasm")),
                TestHost.grant(name, "wasi:config", Set.of("store"), settings),
                TestHost.grant(name, Wit.SECRETS, Set.of("store", "reveal"), settings));
    }

    @SuppressWarnings("unchecked")
    static Optional<String> get(TestWorkload workload, String key) {
        return ((Result<Optional<String>, String>) workload.call(List.of("get"), key)).orElse(error -> Optional.of("error: " + error));
    }

    @SuppressWarnings("unchecked")
    static Result<List<Object>, String> all(TestWorkload workload) {
        return (Result<List<Object>, String>) workload.call(List.of("get-all"));
    }

    /** The secret, or what went wrong. */
    @SuppressWarnings("unchecked")
    static String reveal(TestWorkload workload, String key, int times) {
        Result<byte[], String> result = (Result<byte[], String>) workload.call(List.of("reveal"), key, times);
        return switch (result) {
            case Result.Ok<byte[], String>(byte[] bytes) -> new String(bytes, StandardCharsets.ISO_8859_1);
            case Result.Err<byte[], String>(String error) -> error;
        };
    }
}
