package dev.virga.plugin.blobstore;

/** An object's place. */
public record BlobId(ContainerId container, String name) {}
