package dev.virga.plugin.messaging;

import java.util.Optional;

/** {@code wasi:messaging/types.metadata-error}. */
public sealed interface MetadataError {

    record NotSupported() implements MetadataError {}

    record Invalid(Optional<String> why) implements MetadataError {}
}
