package dev.virga.plugin.messaging;

import dev.virga.component.Result;

/** {@code wasi:messaging/types.client}: a key to the broker that the manifest has chosen. */
public final class Client {

    private boolean disconnected;

    Client() {}

    /** {@code [method]client.disconnect}. */
    public Result<Void, MessageError> disconnect() {
        disconnected = true;
        return Result.ok();
    }

    /** @throws MessagingException if the guest has disconnected it */
    void checkConnected() {
        if (disconnected) {
            throw new MessagingException.Unavailable("the client is disconnected; connect another one");
        }
    }
}
