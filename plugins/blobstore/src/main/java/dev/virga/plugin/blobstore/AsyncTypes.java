package dev.virga.plugin.blobstore;

/** {@code wasmcloud:blobstore/types}, which has no functions. */
final class AsyncTypes {}
