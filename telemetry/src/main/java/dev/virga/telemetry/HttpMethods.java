package dev.virga.telemetry;

import io.opentelemetry.api.trace.SpanBuilder;
import java.util.Set;

/** Methods in spans: one that is not known is a client's free text, and goes where it cannot become a name. */
final class HttpMethods {

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");

    private HttpMethods() {}

    static String spanName(String method) {
        return KNOWN.contains(method) ? method : "HTTP";
    }

    static void set(SpanBuilder builder, String method) {
        if (KNOWN.contains(method)) {
            builder.setAttribute(RecordedSpan.METHOD, method);
        } else {
            builder.setAttribute(RecordedSpan.METHOD, "_OTHER").setAttribute(RecordedSpan.METHOD_ORIGINAL, method);
        }
    }
}
