package dev.virga.host.workload;

import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.LogSource;
import dev.virga.telemetry.Span;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whom an instance serves.
 *
 * @param requestId for logs; empty for none
 * @param span of the call
 * @param end when the answer is of no use any more, as {@link System#nanoTime} tells it; empty if that is not known
 */
record Caller(String requestId, Span span, OptionalLong end) {

    static final Caller NOBODY = new Caller("", Span.NONE);

    Caller(String requestId, Span span) {
        this(requestId, span, OptionalLong.empty());
    }

    static Caller until(String requestId, Span span, Duration within) {
        return new Caller(requestId, span, OptionalLong.of(System.nanoTime() + within.toNanos()));
    }

    /** How long a call that is made for this one may take; zero or less if it is too late. */
    Duration within(Duration most) {
        long left = end.isPresent() ? end.getAsLong() - System.nanoTime() : Long.MAX_VALUE;
        return left < most.toNanos() ? Duration.ofNanos(left) : most;
    }

    LogOrigin origin(LogSource source, String component) {
        return new LogOrigin(source, component, requestId, span.traceId(), span.spanId());
    }
}
