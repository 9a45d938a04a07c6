package dev.virga.cli.host;

import dev.virga.telemetry.AuditMode;
import dev.virga.telemetry.AuditSettings;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLimits;
import dev.virga.telemetry.TelemetrySettings;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a host tells of itself. */
final class TelemetryFlags {

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Log on standard error as text or json (default: ${DEFAULT-VALUE}).")
    private LogFormat logFormat;

    @Option(
            names = "--audit",
            paramLabel = "WHAT",
            defaultValue = "refused",
            description = "Record grants that were used or missing: off, refused or all (default: ${DEFAULT-VALUE}).")
    private AuditMode audit;

    @Option(
            names = "--audit-file",
            paramLabel = "FILE",
            description = "Write these records here (default: standard output).")
    private Optional<Path> auditFile;

    TelemetrySettings settings(String hostId, OutputStream log) {
        AuditSettings defaults = AuditSettings.DEFAULT;
        return new TelemetrySettings(
                hostId,
                System.getenv(),
                log,
                logFormat,
                LogLimits.DEFAULT,
                new AuditSettings(audit, auditFile, defaults.fileBytes(), defaults.oldFiles(), defaults.perSecond()));
    }
}
