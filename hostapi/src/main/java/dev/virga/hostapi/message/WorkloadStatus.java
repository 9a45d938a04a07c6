package dev.virga.hostapi.message;

/** How a workload fares. */
public record WorkloadStatus(String workloadId, WorkloadState workloadState, String message) {}
