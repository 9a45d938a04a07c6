package dev.virga.hostapi.message;

import java.util.List;

/** What is placed on a host; ours, wasmCloud has no such message. */
public record WorkloadListResponse(List<PlacedWorkload> workloads) {}
