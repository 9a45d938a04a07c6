package dev.virga.host;

import dev.virga.component.ComponentLoader;
import dev.virga.host.workload.PluginSet;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.ingress.HttpServer;
import dev.virga.ingress.ServeOptions;
import dev.virga.oci.ImageStore;
import dev.virga.plugin.LogLevel;
import dev.virga.telemetry.Telemetry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host with everything around it, from its folder on disk to its listener. */
public final class HostServer implements AutoCloseable {

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Telemetry telemetry;
    private final Host host;
    private final HttpServer http;
    private final PluginSet plugins;

    /**
     * Starts what was applied before, and accepts requests when it returns.
     *
     * @param loader is closed by the caller
     * @throws HostException.Broken if its folder cannot be used
     * @throws dev.virga.ingress.ServeException if it cannot listen
     * @throws dev.virga.plugin.PluginException if a backend's settings are wrong
     */
    public HostServer(HostOptions options, ComponentLoader loader) {
        try {
            telemetry = opened(Telemetry.open(options.telemetry()));
            plugins =
                    opened(HostPlugins.open(options.data().resolve("plugins"), options.backends(), telemetry));
            int fieldBytes = options.limits().headerBytes();
            WorkloadRuntime runtime = opened(new WorkloadRuntime(plugins, telemetry.tracing(), fieldBytes));
            Components components = new Components(
                    loader,
                    new ImageStore(options.data().resolve("images"), options.registries()),
                    options.policy().imageRoots());
            RequestCounts counts = new RequestCounts();
            host = opened(new Host(
                    options.policy(),
                    new ObjectStore(options.data().resolve("objects")),
                    new WorkloadResolver(
                            components, options.policy(), options.data().resolve("volumes"), fieldBytes),
                    runtime,
                    options.grace(),
                    telemetry::workload,
                    counts,
                    problem -> telemetry.log().line(LogLevel.ERROR, problem)));
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
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
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

    /** Lets requests under way end, then stops everything. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                failure = failure == null ? new HostException.Broken("the host did not stop as it should", e) : failure;
            }
        }
        parts.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
