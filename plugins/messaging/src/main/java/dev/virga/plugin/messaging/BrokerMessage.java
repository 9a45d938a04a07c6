package dev.virga.plugin.messaging;

import java.util.Optional;

/** {@code wasmcloud:messaging/types.broker-message}. */
public record BrokerMessage(String subject, byte[] body, Optional<String> replyTo) {

    /** {@code wasmcloud:messaging/types}, which has no functions. */
    public static final class Types {
        static final Types INSTANCE = new Types();

        private Types() {}
    }
}
