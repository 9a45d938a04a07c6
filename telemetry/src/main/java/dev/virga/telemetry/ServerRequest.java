package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;

/**
 * An HTTP request as the ingress sees it.
 *
 * @param scheme {@code http} or {@code https}
 * @param path without the query, which may hold secrets
 * @param host that the client named
 * @param route as the manifest has it, for example a path prefix
 */
public record ServerRequest(
        WorkloadName workload, String method, String scheme, String path, String host, int port, String route) {}
