package dev.virga.plugin.blobstore;

/** {@code wasi:blobstore/container}: all its functions are those of {@link Container} and {@link ObjectNames}. */
final class Containers {}
