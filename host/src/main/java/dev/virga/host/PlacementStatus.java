package dev.virga.host;

import dev.virga.host.workload.WorkloadState;

/**
 * How a workload fares that a scheduler has placed here.
 *
 * @param message what is wrong or going on, or empty
 */
public record PlacementStatus(WorkloadState state, String message) {}
