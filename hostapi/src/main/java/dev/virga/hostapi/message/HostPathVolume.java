package dev.virga.hostapi.message;

/** A directory of the host. */
public record HostPathVolume(String localPath) {}
