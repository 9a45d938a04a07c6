package dev.virga.hostapi.message;

import java.util.Optional;

/** A directory that can be mounted: of the host, or else an empty one. */
public record Volume(String name, Optional<HostPathVolume> hostPath) {}
