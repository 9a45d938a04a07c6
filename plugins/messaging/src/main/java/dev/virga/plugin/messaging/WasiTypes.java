package dev.virga.plugin.messaging;

import dev.virga.component.Result;

/** {@code wasi:messaging/types}, for one instance. */
public final class WasiTypes {

    private final Holding holding;

    WasiTypes(Holding holding) {
        this.holding = holding;
    }

    /** {@code [static]client.connect}. */
    public Result<Client, MessageError> clientConnect(@SuppressWarnings("unused") String name) {
        return Result.ok(new Client()); // the manifest says which broker it is, whatever the guest calls it
    }

    /** {@code [constructor]message}. */
    public GuestMessage newMessage(byte[] data) {
        return GuestMessage.written(holding, data);
    }
}
