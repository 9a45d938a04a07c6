package dev.virga.host.workload;

import java.util.Map;

/**
 * Whom an instance serves.
 *
 * @param requestId for logs
 * @param traceContext {@code traceparent} and the like
 */
record Caller(String requestId, Map<String, String> traceContext) {

    static final Caller NOBODY = new Caller("-", Map.of());
}
