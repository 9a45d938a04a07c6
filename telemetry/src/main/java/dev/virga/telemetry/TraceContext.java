package dev.virga.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The headers of W3C Trace Context as they travel, unparsed; empty where there is none.
 *
 * @param traceparent at most 128 characters
 * @param tracestate at most 1024 characters
 */
public record TraceContext(String traceparent, String tracestate) {

    public static final TraceContext NONE = new TraceContext("", "");

    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";
    private static final int MAX_PARENT = 128;
    private static final int MAX_STATE = 1024;

    /** @param headers gives a header's value, or null where it is absent; what is too long counts as absent */
    public static TraceContext of(UnaryOperator<String> headers) {
        String parent = headers.apply(TRACEPARENT);
        if (parent == null || parent.isEmpty() || parent.length() > MAX_PARENT) {
            return NONE;
        }
        String state = headers.apply(TRACESTATE);
        return new TraceContext(parent, state == null || state.length() > MAX_STATE ? "" : state);
    }

    /** By header name; without those that are empty. */
    public Map<String, String> headers() {
        if (traceparent.isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = LinkedHashMap.newLinkedHashMap(2);
        headers.put(TRACEPARENT, traceparent);
        if (!tracestate.isEmpty()) {
            headers.put(TRACESTATE, tracestate);
        }
        return headers;
    }
}
