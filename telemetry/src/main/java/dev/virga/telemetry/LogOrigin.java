package dev.virga.telemetry;

/**
 * What a line belongs to. Each text is empty where there is none.
 *
 * @param component its name in the manifest
 * @param requestId of the request that was served meanwhile
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
public record LogOrigin(LogSource source, String component, String requestId, String traceId, String spanId) {

    /** The host itself, about no component and no request. */
    public static final LogOrigin HOST = new LogOrigin(LogSource.HOST, "", "", "", "");
}
