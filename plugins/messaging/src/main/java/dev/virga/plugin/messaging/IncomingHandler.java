package dev.virga.plugin.messaging;

import dev.virga.component.Result;

/** {@code wasi:messaging/incoming-handler}. */
public interface IncomingHandler {

    Result<Void, MessageError> handle(GuestMessage message);
}
