package dev.virga.hostapi.message;

import java.util.List;

/**
 * What is placed on a host, in the order of the ids; ours, wasmCloud has no such message.
 *
 * @param more whether there are more after these
 */
public record WorkloadListResponse(List<PlacedWorkload> workloads, boolean more) {}
