package dev.virga.plugin.blobstore;

/** {@code container-metadata}; the unit of the time is the interface's. */
record ContainerMetadata(String name, long createdAt) {}
