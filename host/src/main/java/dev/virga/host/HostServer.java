package dev.virga.host;

import dev.virga.component.ComponentLoader;
import dev.virga.host.control.AdminServer;
import dev.virga.host.control.ControlApi;
import dev.virga.host.control.ControlServer;
import dev.virga.host.workload.PluginSet;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.ingress.HttpServer;
import dev.virga.ingress.ServeOptions;
import dev.virga.link.LinkNetwork;
import dev.virga.oci.ImageStore;
import dev.virga.plugin.LogLevel;
import dev.virga.telemetry.Telemetry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A host with everything around it, from its folder on disk to its listener. */
public final class HostServer implements AutoCloseable {

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Telemetry telemetry;
    private final Host host;
    private final HttpServer http;
    private final PluginSet plugins;
    private final Optional<AdminServer> admin;
    private final Instant started = Instant.now();
    private volatile boolean ready;
    private volatile boolean draining;

    /**
     * Starts what was applied before, and accepts requests when it returns.
     *
     * @param loader is closed by the caller
     * @param drain called when somebody tells the host to stop over its control API; has to close it, by another thread
     * @throws HostException.Broken if its folder cannot be used, or another host has it
     * @throws dev.virga.ingress.ServeException if it cannot listen
     * @throws dev.virga.plugin.PluginException if a backend's settings are wrong
     */
    public HostServer(HostOptions options, ComponentLoader loader, Runnable drain) {
        try {
            opened(new DataFolder(options.data()));
            telemetry = opened(Telemetry.open(options.telemetry()));
            admin = options.admin().map(address ->
                    opened(new AdminServer(address, telemetry::exposition, () -> ready && !draining)));
            plugins = opened(HostPlugins.open(
                    options.data().resolve("plugins"),
                    options.backends(),
                    line -> telemetry.log().line(LogLevel.INFO, line)));
            int fieldBytes = options.limits().headerBytes();
            Optional<LinkNetwork> network = options.links()
                    .map(settings -> opened(
                            new LinkNetwork(settings, line -> telemetry.log().line(LogLevel.INFO, line))));
            WorkloadRuntime runtime =
                    opened(new WorkloadRuntime(plugins, telemetry.tracing(), fieldBytes, network, options.trace()));
            Components components = new Components(
                    loader,
                    new ImageStore(options.data().resolve("images"), options.registries()),
                    options.policy().imageRoots());
            Path volumes = options.data().resolve("volumes");
            Volumes.remove(volumes); // a host that was killed leaves them
            RequestCounts counts = new RequestCounts();
            host = opened(new Host(
                    options.policy(),
                    new ObjectStore(options.data().resolve("objects")),
                    new WorkloadResolver(
                            components, options.policy(), volumes, fieldBytes),
                    runtime,
                    new Grace(options.grace()),
                    telemetry::workload,
                    counts,
                    problem -> telemetry.log().line(LogLevel.ERROR, problem)));
            ControlApi control = new ControlApi(host, () -> info(options), drain);
            opened(new ControlServer(options.data(), control));
            http = opened(HttpServer.start(
                    new ServeOptions(
                            options.address(),
                            options.tls(),
                            options.limits(),
                            options.grace(),
                            options.accessLog(),
                            options.forwarding(),
                            Optional.of(counts)),
                    host.router(),
                    line -> telemetry.log().line(LogLevel.INFO, line)));
            parts.add(host::quiesce); // before the listener, which may need all of the time of grace
            options.manifests().ifPresent(folder ->
                    opened(new ManifestFolder(folder, options.data().resolve("folder"), host, telemetry.log())));
            ready = true;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    private Map<String, String> info(HostOptions options) {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("id", options.policy().id());
        info.put("data", options.data().toAbsolutePath().toString());
        info.put("pid", Long.toString(ProcessHandle.current().pid()));
        info.put("started", started.toString());
        info.put("phase", ready && !draining ? "Ready" : "NotReady");
        if (ready) {
            info.put("listening", http.uri().toString());
        }
        admin.ifPresent(server -> info.put("admin", server.uri().toString()));
        options.policy().environment().ifPresent(environment -> info.put("environment", environment));
        return info;
    }

    public Host host() {
        return host;
    }

    public Telemetry telemetry() {
        return telemetry;
    }

    /** The interfaces of plugins that components may import, with their versions. */
    public List<String> imports() {
        return plugins.imports();
    }

    /** The interfaces that plugins call, with their versions. */
    public List<String> exports() {
        return plugins.exports();
    }

    /** Where requests come in. */
    public URI uri() {
        return http.uri();
    }

    /** Where probes and scrapers come in, if they do. */
    public Optional<URI> admin() {
        return admin.map(AdminServer::uri);
    }

    /**
     * Is not ready any more and takes no more workloads of schedulers, so that requests and workloads go elsewhere before
     * it is closed. All that runs goes on.
     */
    public void drain() {
        draining = true;
        host.placements().drain();
    }

    /** Lets requests and other calls under way end within one time for all, then stops everything. */
    @Override
    public void close() {
        ready = false;
        List<Throwable> failures = new ArrayList<>();
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                failures.add(e);
            }
        }
        parts.clear();
        if (!failures.isEmpty()) {
            HostException.Broken broken = new HostException.Broken(
                    "the host did not stop as it should: "
                            + failures.stream().map(HostServer::text).collect(Collectors.joining("; ")),
                    failures.getFirst());
            failures.stream().skip(1).forEach(broken::addSuppressed);
            throw broken;
        }
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
