package dev.virga.hostapi.message;

/** Stop a workload, or tell how it fares: both messages have the same form. */
public record WorkloadIdRequest(String workloadId) {}
