package dev.virga.hostapi.message;

/** A workload that a host has been told to run, and not to stop since. */
public record PlacedWorkload(String workloadId, String namespace, String name) {}
