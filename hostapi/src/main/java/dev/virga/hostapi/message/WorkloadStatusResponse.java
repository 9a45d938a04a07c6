package dev.virga.hostapi.message;

import java.util.Optional;

/** How a workload fares; start, status and stop are answered in the same form. */
public record WorkloadStatusResponse(Optional<WorkloadStatus> workloadStatus) {}
