package dev.virga.component;

import java.util.Objects;

/** A WIT {@code error-context}: a message for whoever looks for a fault, which programs do not act on. */
public record ErrorContext(String debugMessage) {
    public ErrorContext {
        Objects.requireNonNull(debugMessage);
    }
}
