package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.component.ComponentLoader;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Limits;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeLimits;
import dev.virga.oci.RegistrySettings;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.TelemetrySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** A host for tests, on a folder that the test removes. */
final class TestHost implements AutoCloseable {

    static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    /** With their sources, which say what they answer. */
    static final Path GUESTS = Path.of("src/test/guests").toAbsolutePath().normalize();

    private static final ComponentLoader LOADER = NativeEngine.missing().isEmpty()
            ? new ComponentLoader(new NativeEngine(Optional.empty()), new PortableEngine(Optional.empty()))
            : new ComponentLoader(new PortableEngine(Optional.empty()));

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HostServer server;

    private final CountDownLatch drained = new CountDownLatch(1);

    TestHost(Path data) {
        this(data, Optional.empty());
    }

    /** @param manifests a folder to watch */
    TestHost(Path data, Optional<Path> manifests) {
        this(data, manifests, List.of(), Optional.empty(), Map.of(), Map.of());
    }

    /** @param hostPaths folders that volumes may be of */
    TestHost(Path data, List<Path> hostPaths) {
        this(data, Optional.empty(), hostPaths, Optional.empty(), Map.of(), Map.of());
    }

    /** @param nats the URL of the server that links go over */
    TestHost(Path data, Optional<Path> manifests, Optional<String> nats) {
        this(data, manifests, List.of(), nats, Map.of(), Map.of());
    }

    /**
     * @param backends by plugin and name
     * @param environment variables for OpenTelemetry
     */
    TestHost(Path data, Map<String, Map<String, PluginHost.Backend>> backends, Map<String, String> environment) {
        this(data, Optional.empty(), List.of(), Optional.empty(), backends, environment);
    }

    private TestHost(
            Path data,
            Optional<Path> manifests,
            List<Path> hostPaths,
            Optional<String> nats,
            Map<String, Map<String, PluginHost.Backend>> backends,
            Map<String, String> environment) {
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
                                "test",
                                Map.of("zone", "west"),
                                Optional.of("edge"),
                                false,
                                hostPaths,
                                List.of(EXAMPLES, GUESTS),
                                Limits.DEFAULT),
                        RegistrySettings.DEFAULT,
                        backends,
                        nats.map(url -> new Settings(Map.of("url", url))),
                        new TelemetrySettings(
                                "test", environment, log, LogFormat.TEXT, LogLimits.DEFAULT, AuditSettings.DEFAULT),
                        manifests,
                        Optional.of(new InetSocketAddress("127.0.0.1", 0))),
                LOADER,
                drained::countDown);
    }

    /** One of this machine's that is not on its loopback. Where there is none, the test is skipped. */
    static InetAddress ownAddress() throws SocketException {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
                .findFirst();
        assumeTrue(address.isPresent(), "this machine has no address but those of its loopback");
        return address.get();
    }

    /** Told to stop over its control API. */
    CountDownLatch drained() {
        return drained;
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Waits for a line in the log; the caller's timeout ends a wait in vain. */
    String awaitLog(String text) throws InterruptedException {
        while (true) {
            Optional<String> line = log().lines().filter(l -> l.contains(text)).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            Thread.sleep(2);
        }
    }

    /** Waits until this has been counted. */
    void awaitMetric(String series) throws InterruptedException {
        while (!metrics().contains(series)) {
            Thread.sleep(2);
        }
    }

    private String metrics() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            server.telemetry().exposition("").write(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString(java.nio.charset.StandardCharsets.UTF_8);
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

    /** Waits for an answer, as {@link #await} does for a state. */
    Answer awaitAnswer(String host, String path, Predicate<Answer> wanted) throws IOException, InterruptedException {
        while (true) {
            Answer now = get(host, path);
            if (wanted.test(now)) {
                return now;
            }
            Thread.sleep(2); // as above
        }
    }

    void assertAnswer(int status, String body, String host, String path) throws IOException {
        assertEquals(new Answer(status, body), get(host, path));
    }

    /** Waits until all instances are back from their calls, which is a little after their clients have the answers. */
    void awaitIdle() throws InterruptedException {
        while (host().calls() > 0) {
            Thread.sleep(1);
        }
    }

    void assertAnswers(String host, String body) throws IOException {
        assertEquals(body, get(host, "/").body().strip());
    }

    URI uri() {
        return server.uri();
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
