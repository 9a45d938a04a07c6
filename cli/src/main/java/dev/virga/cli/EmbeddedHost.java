package dev.virga.cli;

import dev.virga.component.CallTrace;
import dev.virga.host.HostId;
import dev.virga.host.HostOptions;
import dev.virga.host.HostPolicy;
import dev.virga.host.manifest.Limits;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeLimits;
import dev.virga.oci.RegistrySettings;
import dev.virga.telemetry.AuditMode;
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

/** The options of a host that a command runs for one purpose of its own. */
public final class EmbeddedHost {

    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Refusals are in its log, which one person reads. */
    private static final AuditSettings NO_AUDIT = new AuditSettings(
            AuditMode.OFF,
            Optional.empty(),
            AuditSettings.DEFAULT.fileBytes(),
            AuditSettings.DEFAULT.oldFiles(),
            AuditSettings.DEFAULT.perSecond());

    private EmbeddedHost() {}

    /**
     * @param images where `file:` images may lie
     * @param volumes where `hostPath` volumes may lie
     * @param hostLoopback whether manifests may open ports of the machine's own loopback
     * @param manifests a folder that the host follows
     */
    public static HostOptions options(
            Path data,
            InetSocketAddress address,
            List<Path> images,
            List<Path> volumes,
            boolean hostLoopback,
            AccessLog accessLog,
            OutputStream log,
            LogFormat format,
            Optional<Path> manifests,
            Optional<CallTrace> trace) {
        String id = HostId.of(data);
        return new HostOptions(
                data,
                address,
                Optional.empty(),
                ServeLimits.DEFAULT,
                GRACE,
                accessLog,
                Optional.empty(),
                new HostPolicy(id, Map.of(), Optional.empty(), hostLoopback, volumes, images, Limits.DEFAULT),
                RegistrySettings.DEFAULT,
                Map.of(),
                Optional.empty(),
                new TelemetrySettings(id, System.getenv(), log, format, LogLimits.DEFAULT, NO_AUDIT),
                manifests,
                Optional.empty(),
                trace);
    }
}
