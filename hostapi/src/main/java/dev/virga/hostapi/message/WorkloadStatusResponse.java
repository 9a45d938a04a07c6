package dev.virga.hostapi.message;

/** How a workload fares; start, status and stop are answered in the same form. */
public record WorkloadStatusResponse(WorkloadStatus workloadStatus) {}
