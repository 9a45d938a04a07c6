package dev.virga.telemetry;

import io.opentelemetry.api.logs.Severity;

/** As in {@code wasi:logging}. */
public enum LogLevel {
    TRACE(Severity.TRACE),
    DEBUG(Severity.DEBUG),
    INFO(Severity.INFO),
    WARN(Severity.WARN),
    ERROR(Severity.ERROR),
    CRITICAL(Severity.FATAL);

    private final Severity severity;

    LogLevel(Severity severity) {
        this.severity = severity;
    }

    Severity severity() {
        return severity;
    }
}
