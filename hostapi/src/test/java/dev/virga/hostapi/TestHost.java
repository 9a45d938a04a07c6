package dev.virga.hostapi;

import dev.virga.component.ComponentLoader;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.host.HostOptions;
import dev.virga.host.HostPolicy;
import dev.virga.host.HostServer;
import dev.virga.host.manifest.Limits;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeLimits;
import dev.virga.oci.RegistrySettings;
import dev.virga.plugin.Settings;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.TelemetrySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host that a scheduler can reach, in a folder that the test removes. */
public final class TestHost implements AutoCloseable {

    public static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
    static final Path GUESTS = Path.of("../hostapi/src/test/guests").toAbsolutePath().normalize();

    /** Scaled down; no test waits for the start and stop times but those that say so. */
    static final Timing TIMING = new Timing(Duration.ofMillis(100), Duration.ofSeconds(45), Duration.ofSeconds(25));

    private static final ComponentLoader LOADER = NativeEngine.missing().isEmpty()
            ? new ComponentLoader(new NativeEngine(Optional.empty()), new PortableEngine(Optional.empty()))
            : new ComponentLoader(new PortableEngine(Optional.empty()));

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HostServer server;
    private final HostApi api;

    public TestHost(Path folder, String id, Settings nats) throws IOException {
        this(folder, id, nats, TIMING, RegistrySettings.DEFAULT);
    }

    TestHost(Path folder, String id, Settings nats, Timing timing, RegistrySettings registries) throws IOException {
        HostPolicy policy = new HostPolicy(
                id, Map.of("zone", "a"), Optional.of("shop"), false, List.of(), List.of(EXAMPLES, GUESTS), Limits.DEFAULT);
        server = new HostServer(
                new HostOptions(
                        Files.createTempDirectory(folder, "host"),
                        new InetSocketAddress("127.0.0.1", 0),
                        Optional.empty(),
                        ServeLimits.DEFAULT,
                        Duration.ofSeconds(5),
                        AccessLog.OFF,
                        Optional.empty(),
                        policy,
                        registries,
                        Map.of(),
                        Optional.empty(),
                        new TelemetrySettings(
                                "test", Map.of(), log, LogFormat.TEXT, LogLimits.DEFAULT, AuditSettings.DEFAULT),
                        Optional.empty(),
                        Optional.empty()),
                LOADER,
                () -> {});
        HostIdentity identity = new HostIdentity(
                id, "virga-" + id, "10.1.2.3", "1.2.3", Map.of("hostgroup", "default", "zone", "a"), policy.environment());
        api = new HostApi(server, identity, nats, timing);
    }

    /** Registries on this machine, without TLS. */
    static RegistrySettings registry(String address) {
        return new RegistrySettings(Set.of(address), Set.of(address), Optional.empty(), 1 << 20);
    }

    public static Settings nats(String url) {
        return Settings.NONE.with("url", url);
    }

    public HostServer server() {
        return server;
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** The status code of the answer to a GET request for a host name. */
    public int get(String name) throws IOException {
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.0\r\nHost: " + name + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(all.substring(9, 12));
        }
    }

    /** As {@code virga host} does before it closes. */
    public void drain(Duration within) throws InterruptedException {
        api.drain(within);
    }

    @Override
    public void close() {
        try (server) {
            api.close();
        }
    }
}
