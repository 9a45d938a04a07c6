package dev.virga.hostapi.message;

import java.util.Optional;

/** Start a workload. */
public record WorkloadStartRequest(Optional<Workload> workload, String workloadId) {}
