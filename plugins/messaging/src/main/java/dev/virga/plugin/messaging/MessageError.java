package dev.virga.plugin.messaging;

/** {@code wasi:messaging/types.error}. */
public sealed interface MessageError {

    record Timeout() implements MessageError {}

    record Connection(String message) implements MessageError {}

    record PermissionDenied(String message) implements MessageError {}

    record Other(String message) implements MessageError {}

    static MessageError of(MessagingException e) {
        return switch (e) {
            case MessagingException.Timeout _ -> new Timeout();
            case MessagingException.Unavailable unavailable -> new Connection(unavailable.getMessage());
            case MessagingException.Refused refused -> new Other(refused.getMessage());
        };
    }
}
