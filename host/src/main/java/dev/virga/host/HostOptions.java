package dev.virga.host;

import dev.virga.component.CallTrace;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.Forwarding;
import dev.virga.ingress.ServeLimits;
import dev.virga.ingress.Tls;
import dev.virga.oci.RegistrySettings;
import dev.virga.plugin.PluginHost.Backend;
import dev.virga.plugin.Settings;
import dev.virga.telemetry.TelemetrySettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a host runs.
 *
 * @param manifests a folder that is watched: what stands there runs
 * @param admin where probes and scrapers come in
 * @param data the folder of all that outlives the host: what was applied, images, what plugins keep
 * @param address where requests come in; port 0 picks a free one
 * @param links the NATS that carries calls between hosts, as settings of a NATS backend: {@code url} and the like
 * @param backends that plugins may use, by the plugin's name and then their own
 * @param trace is told of each call that guests make of functions of the host
 */
public record HostOptions(
        Path data,
        InetSocketAddress address,
        Optional<Tls> tls,
        ServeLimits limits,
        Duration grace,
        AccessLog accessLog,
        Optional<Forwarding> forwarding,
        HostPolicy policy,
        RegistrySettings registries,
        Map<String, Map<String, Backend>> backends,
        Optional<Settings> links,
        TelemetrySettings telemetry,
        Optional<Path> manifests,
        Optional<InetSocketAddress> admin,
        Optional<CallTrace> trace) {

    public HostOptions {
        backends = Map.copyOf(backends);
    }

    /** Without a trace. */
    public HostOptions(
            Path data,
            InetSocketAddress address,
            Optional<Tls> tls,
            ServeLimits limits,
            Duration grace,
            AccessLog accessLog,
            Optional<Forwarding> forwarding,
            HostPolicy policy,
            RegistrySettings registries,
            Map<String, Map<String, Backend>> backends,
            Optional<Settings> links,
            TelemetrySettings telemetry,
            Optional<Path> manifests,
            Optional<InetSocketAddress> admin) {
        this(
                data,
                address,
                tls,
                limits,
                grace,
                accessLog,
                forwarding,
                policy,
                registries,
                backends,
                links,
                telemetry,
                manifests,
                admin,
                Optional.empty());
    }
}
