package dev.virga.host.workload;

import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.LogSource;
import dev.virga.telemetry.Span;

/**
 * Whom an instance serves.
 *
 * @param requestId for logs; empty for none
 * @param span of the call
 */
record Caller(String requestId, Span span) {

    static final Caller NOBODY = new Caller("", Span.NONE);

    LogOrigin origin(LogSource source, String component) {
        return new LogOrigin(source, component, requestId, span.traceId(), span.spanId());
    }
}
