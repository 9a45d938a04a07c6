package dev.virga.plugin.blobstore;

/** {@code object-metadata}; the unit of the time is the interface's. */
record ObjectMetadata(String name, String container, long createdAt, long size) {}
