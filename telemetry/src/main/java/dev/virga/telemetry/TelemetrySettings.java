package dev.virga.telemetry;

import java.io.OutputStream;
import java.util.Map;

/**
 * How a host shows itself.
 *
 * @param hostId becomes {@code service.instance.id}
 * @param environment of the process; its {@code OTEL_*} variables configure OTLP, which is off unless they name an
 *     endpoint or an exporter
 * @param log where log lines go, besides OTLP; it is flushed but not closed
 */
public record TelemetrySettings(
        String hostId,
        Map<String, String> environment,
        OutputStream log,
        LogFormat logFormat,
        LogLimits logLimits,
        AuditSettings audit) {

    public TelemetrySettings {
        environment = Map.copyOf(environment);
    }
}
