package dev.virga.telemetry;

/** The host's telemetry cannot be set up as asked for. */
public final class TelemetryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TelemetryException(String message, Throwable cause) {
        super(message, cause);
    }
}
