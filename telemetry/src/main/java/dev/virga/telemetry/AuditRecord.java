package dev.virga.telemetry;

import dev.virga.plugin.WorkloadName;

/**
 * A grant that was used, or one that was missing.
 *
 * @param kind of the grant
 * @param target what the component wanted to reach
 * @param requestId empty outside of requests
 */
public record AuditRecord(
        WorkloadName workload, String component, String kind, String target, boolean allowed, String requestId) {

    AuditRecord withTarget(String cut) {
        return new AuditRecord(workload, component, kind, cut, allowed, requestId);
    }
}
