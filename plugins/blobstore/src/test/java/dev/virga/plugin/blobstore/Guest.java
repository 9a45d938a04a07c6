package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Limits;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A workload of a test guest on a host of its own. */
final class Guest implements AutoCloseable {

    private static final Set<String> INTERFACES = Set.of("blobstore", "container", "types");

    private final TestHost host;
    private final TestWorkload workload;

    private Guest(TestHost host, TestWorkload workload) {
        this.host = host;
        this.workload = workload;
    }

    /** A host with a memory backend {@code memory} and a directory as its default. */
    static TestHost host(Path data) {
        return new TestHost(new BlobstoreProvider(), data, Map.of(
                "memory", new PluginHost.Backend("memory", new Settings(Map.of("object-bytes", "8Mi"))),
                "shared", new PluginHost.Backend("memory", new Settings(Map.of("isolated", "false")))));
    }

    static Guest start(Path data, String backend) {
        return start(data, backend, Limits.DEFAULT);
    }

    static Guest start(Path data, String backend, Limits limits) {
        TestHost host = host(data);
        return new Guest(host, start(host, "tenant", backend, limits));
    }

    static TestWorkload start(TestHost host, String namespace, String backend, Limits limits) {
        return host.start(
                new WorkloadName(namespace, "app"), component("blobs"),
                grant(namespace, "wasi:blobstore", backend, limits));
    }

    static Grant grant(String namespace, String packageName, String backend, Limits limits) {
        Map<String, String> settings = new TreeMap<>();
        if (!backend.isEmpty()) {
            settings.put("backend", backend);
        }
        return new Grant(new WorkloadName(namespace, "app"), packageName, INTERFACES, Optional.empty(),
                Optional.empty(), new Settings(settings), limits);
    }

    static byte[] component(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/guests", name + ".wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestHost host() {
        return host;
    }

    List<String> spans() {
        return workload.spans();
    }

    List<String> audit() {
        return workload.audit();
    }

    Object raw(String function, Object... arguments) {
        return workload.call(List.of(function), arguments);
    }

    /** The value of {@code ok}. */
    Object call(String function, Object... arguments) {
        return ok(raw(function, arguments));
    }

    static Object ok(Object result) {
        return ((Result<?, ?>) result).orElse(error -> {
            throw new AssertionError("the guest said: " + error);
        });
    }

    /** The text of {@code err}. */
    String error(String function, Object... arguments) {
        return errorOf(raw(function, arguments));
    }

    static String errorOf(Object result) {
        if (result instanceof Result.Err<?, ?>(String text)) {
            return text;
        }
        throw new AssertionError("no error but " + result);
    }

    static Object field(Object tuple, int index) {
        return ((Tuple) tuple).values().get(index);
    }

    @Override
    public void close() {
        try (host) {
            workload.close();
        }
    }
}
