package dev.virga.wasi.http;

/** {@code wasi:http/types.scheme}. */
public sealed interface Scheme {

    record Http() implements Scheme {}

    record Https() implements Scheme {}

    record Other(String name) implements Scheme {}
}
