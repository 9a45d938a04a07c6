package dev.virga.wasi.http;

/** {@code wasi:http/types.header-error}. */
public sealed interface HeaderError {

    record InvalidSyntax() implements HeaderError {}

    record Forbidden() implements HeaderError {}

    record Immutable() implements HeaderError {}
}
