package dev.virga.wasi.http;

/** One header or trailer: a name, and a value that need not be well-formed text. */
public record FieldEntry(String name, byte[] value) {}
