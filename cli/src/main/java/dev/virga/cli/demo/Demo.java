package dev.virga.cli.demo;

import dev.virga.cli.CliException;
import dev.virga.component.ComponentLoader;
import dev.virga.host.Host;
import dev.virga.host.HostId;
import dev.virga.host.HostOptions;
import dev.virga.host.HostPolicy;
import dev.virga.host.HostServer;
import dev.virga.host.Status;
import dev.virga.host.manifest.Limits;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeLimits;
import dev.virga.oci.RegistrySettings;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.TelemetrySettings;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host with the workload {@code orders} on it, which answers when this is made. */
final class Demo implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final DemoFolder folder;
    private final HostServer server;

    /**
     * @param log takes the host's and the components' log
     * @param loader is closed by the caller
     * @param stop called when somebody tells the host to stop over its control API
     * @throws CliException.Failed if the workload does not start
     */
    Demo(DemoFolder folder, InetSocketAddress address, OutputStream log, ComponentLoader loader, Runnable stop) {
        this.folder = folder;
        this.server = new HostServer(options(folder, address, log), loader, stop);
        try {
            awaitRunning(server.host());
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static HostOptions options(DemoFolder folder, InetSocketAddress address, OutputStream log) {
        String id = HostId.of(folder.data());
        return new HostOptions(
                folder.data(),
                address,
                Optional.empty(),
                ServeLimits.DEFAULT,
                GRACE,
                AccessLog.OFF,
                Optional.empty(),
                new HostPolicy(
                        id, Map.of(), Optional.empty(), false, List.of(), List.of(folder.workload()), Limits.DEFAULT),
                RegistrySettings.DEFAULT,
                Map.of(),
                Optional.empty(),
                new TelemetrySettings(
                        id, System.getenv(), log, LogFormat.TEXT, LogLimits.DEFAULT, AuditSettings.DEFAULT),
                Optional.of(folder.workload()),
                Optional.empty());
    }

    private static void awaitRunning(Host host) {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (true) {
                long seen = host.changes().count();
                List<Status> all = host.status();
                if (!all.isEmpty() && all.stream().allMatch(s -> s.phase().equals("Running"))) {
                    return;
                }
                long left = end - System.nanoTime();
                if (left <= 0 || all.stream().anyMatch(s -> s.phase().equals("Error"))) {
                    throw new CliException.Failed("the demo's workload does not start: "
                            + (all.isEmpty() ? "its manifest was not taken" : all.getFirst().message()));
                }
                host.changes().after(seen, Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException.Failed("interrupted before the demo's workload had started");
        }
    }

    /** Where the page is. */
    URI uri() {
        return server.uri();
    }

    Path data() {
        return folder.data();
    }

    Path manifest() {
        return folder.workload().resolve("manifest.yaml");
    }

    @Override
    public void close() {
        try (folder) {
            server.close();
        }
    }
}
