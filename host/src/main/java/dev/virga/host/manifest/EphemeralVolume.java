package dev.virga.host.manifest;

/** An empty directory that goes when the workload goes. */
public record EphemeralVolume() {}
