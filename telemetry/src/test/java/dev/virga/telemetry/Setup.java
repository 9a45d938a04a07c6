package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A telemetry of its own for each test. */
final class Setup {

    static final WorkloadName SHOP = new WorkloadName("acme", "shop");
    static final LogOrigin STDOUT = new LogOrigin(LogSource.GUEST_STDOUT, "api", "r1", "", "");
    static final AuditSettings NO_AUDIT = new AuditSettings(AuditMode.OFF, Optional.empty(), 4096, 0, 1);

    private Setup() {}

    static Telemetry telemetry() {
        return telemetry(Map.of());
    }

    static Telemetry telemetry(Map<String, String> environment) {
        return Telemetry.open(new TelemetrySettings(
                "host 1", environment, new ByteArrayOutputStream(), LogFormat.TEXT, LogLimits.DEFAULT, NO_AUDIT));
    }

    static Telemetry auditing(AuditSettings audit) {
        return Telemetry.open(new TelemetrySettings(
                "host-1", Map.of(), new ByteArrayOutputStream(), LogFormat.TEXT, LogLimits.DEFAULT, audit));
    }

    static List<String> exposition(Telemetry telemetry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            telemetry.exposition("").write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
