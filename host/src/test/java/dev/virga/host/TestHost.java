package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.component.ComponentLoader;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Limits;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeLimits;
import dev.virga.oci.RegistrySettings;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.TelemetrySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A host for tests, on a folder that the test removes. */
final class TestHost implements AutoCloseable {

    static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
    static final Path GUESTS = Path.of("src/test/resources/guests").toAbsolutePath();

    private static final ComponentLoader LOADER = NativeEngine.missing().isEmpty()
            ? new ComponentLoader(new NativeEngine(Optional.empty()), new PortableEngine(Optional.empty()))
            : new ComponentLoader(new PortableEngine(Optional.empty()));

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HostServer server;

    TestHost(Path data) {
        this.server = new HostServer(
                new HostOptions(
                        data,
                        new InetSocketAddress("127.0.0.1", 0),
                        Optional.empty(),
                        ServeLimits.DEFAULT,
                        Duration.ofSeconds(2),
                        AccessLog.OFF,
                        Optional.empty(),
                        new HostPolicy(
                                "test", Map.of(), Optional.empty(), false, List.of(), List.of(EXAMPLES, GUESTS), Limits.DEFAULT),
                        RegistrySettings.DEFAULT,
                        Map.of(),
                        new TelemetrySettings(
                                "test", Map.of(), log, LogFormat.TEXT, LogLimits.DEFAULT, AuditSettings.DEFAULT)),
                LOADER);
    }

    HostServer server() {
        return server;
    }

    Host host() {
        return server.host();
    }

    void apply(String manifests) {
        host().apply(ManifestParser.parse("test.yaml", manifests).all());
    }

    void delete(Kind kind, String name) {
        host().delete(kind, "default", name);
    }

    Status status(String name) {
        return host().status().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for a state of an object; the caller's timeout ends a wait in vain. */
    Status await(String name, Predicate<Status> wanted) throws InterruptedException {
        while (true) {
            Status now = status(name);
            if (wanted.test(now)) {
                return now;
            }
            Thread.sleep(2); // there is nothing to wait on that is the caller's to know
        }
    }

    /** The answer to a GET request for a host name. */
    Answer get(String host, String path) throws IOException {
        return Answer.to(server.uri(), host, path);
    }

    void assertAnswers(String host, String body) throws IOException {
        assertEquals(body, get(host, "/").body().strip());
    }

    URI uri() {
        return server.uri();
    }

    /** What all workloads and the host have logged so far. */
    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Waits until this has been logged, which happens on a thread of its own. */
    void awaitLog(String text) throws InterruptedException {
        while (!log().contains(text)) {
            Thread.sleep(2);
        }
    }

    /** Applies a workload of the hostile guest, which answers at NAME.test, and waits until it runs. */
    void applyHostile(String name, String component, String settings) throws InterruptedException {
        apply("""
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %s}
                spec:
                  replicas: 1
                  template:
                    spec:
                      hostInterfaces:
                        - {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: %1$s.test}}
                      components:
                        - {name: guest, image: "file:%2$s/hostile.wasm"%3$s}
                virga: {%4$s}
                """.formatted(name, GUESTS, component, settings));
        await(name, s -> s.phase().equals("Running"));
    }

    @Override
    public void close() {
        server.close();
    }
}
