package dev.virga.plugin.blobstore;

import java.time.Instant;

/**
 * @param size in bytes
 * @param created when the object was written
 */
public record BlobInfo(long size, Instant created) {}
