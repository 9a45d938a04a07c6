package dev.virga.bench.host;

import dev.virga.component.ComponentLoader;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.host.Host;
import dev.virga.host.HostOptions;
import dev.virga.host.HostPolicy;
import dev.virga.host.HostServer;
import dev.virga.host.Status;
import dev.virga.host.manifest.Limits;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeLimits;
import dev.virga.oci.RegistrySettings;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.TelemetrySettings;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host in this process, on a folder of its own. */
final class BenchHost implements AutoCloseable {

    private final ComponentLoader loader;
    private final HostServer server;

    /** @param port 0 for any */
    BenchHost(Path data, int port) {
        this(data, port, Optional.empty());
    }

    /** @param cache where compiled code is kept */
    BenchHost(Path data, int port, Optional<Path> cache) {
        loader = NativeEngine.missing().isEmpty()
                ? new ComponentLoader(new NativeEngine(cache), new PortableEngine(cache))
                : new ComponentLoader(new PortableEngine(cache));
        server = new HostServer(
                new HostOptions(
                        data,
                        new InetSocketAddress("127.0.0.1", port),
                        Optional.empty(),
                        ServeLimits.DEFAULT,
                        Duration.ofSeconds(2),
                        AccessLog.OFF,
                        Optional.empty(),
                        new HostPolicy(
                                "bench", Map.of(), Optional.empty(), false, List.of(), List.of(Path.of("/")), Limits.DEFAULT),
                        RegistrySettings.DEFAULT,
                        Map.of(),
                        Optional.empty(),
                        new TelemetrySettings(
                                "bench",
                                Map.of(),
                                OutputStream.nullOutputStream(),
                                LogFormat.TEXT,
                                LogLimits.DEFAULT,
                                audit(data)),
                        Optional.empty(),
                        Optional.empty()),
                loader,
                () -> {});
    }

    /** To a file, since the figures go to standard output. */
    private static AuditSettings audit(Path data) {
        AuditSettings usual = AuditSettings.DEFAULT;
        return new AuditSettings(
                usual.mode(), Optional.of(data.resolve("audit.log")), usual.fileBytes(), usual.oldFiles(), usual.perSecond());
    }

    Host host() {
        return server.host();
    }

    int port() {
        return server.uri().getPort();
    }

    /** Applies a workload that answers at NAME.test, by this file's component. */
    void apply(String name, Path component, String settings) {
        apply(name, component, settings, "");
    }

    /** @param granted entries of hostInterfaces beside the route, with commas between them */
    void apply(String name, Path component, String settings, String granted) {
        host().apply(ManifestParser.parse(name, """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %s}
                spec:
                  replicas: 1
                  template:
                    spec:
                      hostInterfaces:
                        [
                          {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: %1$s.test}},
                          %4$s
                        ]
                      components:
                        - {name: guest, image: "file:%2$s"}
                virga: {%3$s}
                """.formatted(name, component.toAbsolutePath().normalize(), settings, granted)).all());
    }

    /** Waits until all that was applied runs. */
    void awaitRunning() throws InterruptedException {
        for (List<Status> all = host().status(); ; all = host().status()) {
            all.stream().filter(s -> s.phase().equals("Error")).findAny().ifPresent(s -> {
                throw new IllegalStateException(s.name() + ": " + s.message());
            });
            if (all.stream().allMatch(s -> s.phase().equals("Running"))) {
                return;
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        server.close();
        loader.close();
    }
}
