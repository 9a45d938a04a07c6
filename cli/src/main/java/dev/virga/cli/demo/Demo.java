package dev.virga.cli.demo;

import dev.virga.cli.CliException;
import dev.virga.cli.EmbeddedHost;
import dev.virga.component.ComponentLoader;
import dev.virga.host.Host;
import dev.virga.host.HostOptions;
import dev.virga.host.HostServer;
import dev.virga.host.Status;
import dev.virga.ingress.AccessLog;
import dev.virga.telemetry.LogFormat;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A host with the workload {@code orders} on it, which answers when this is made. */
final class Demo implements AutoCloseable {

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
        return EmbeddedHost.options(
                folder.data(),
                address,
                List.of(folder.workload()),
                List.of(),
                false,
                AccessLog.OFF,
                log,
                LogFormat.TEXT,
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
