package dev.virga.plugin.blobstore;

/** {@code wasmcloud:blobstore/container}: all its functions are those of {@link AsyncContainer}. */
final class AsyncContainers {}
