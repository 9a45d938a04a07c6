package dev.virga.plugin.blobstore;

/** {@code object-id}, as a guest gives it. */
record ObjectId(String container, String object) {}
