package dev.virga.wasi.io;

/** {@code wasi:io/streams.stream-error}. */
public sealed interface StreamError {

    /** {@code last-operation-failed}. */
    record LastOperationFailed(IoError error) implements StreamError {}

    /** {@code closed}. */
    record Closed() implements StreamError {}
}
