package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import dev.virga.wasi.io.GuestInput;

/** {@code wasi:blobstore/types}: the functions that belong to no object. */
final class BlobTypes {

    private final BlobSession session;

    BlobTypes(BlobSession session) {
        this.session = session;
    }

    /** {@code [static]outgoing-value.new-outgoing-value}. */
    public OutgoingValue outgoingValueNewOutgoingValue() {
        return new OutgoingValue(session);
    }

    /** {@code [static]outgoing-value.finish}. */
    public Result<Void, String> outgoingValueFinish(OutgoingValue value) {
        return value.finish();
    }

    /** {@code [static]incoming-value.incoming-value-consume-sync}. */
    public Result<byte[], String> incomingValueIncomingValueConsumeSync(IncomingValue value) {
        return value.consumeSync();
    }

    /** {@code [static]incoming-value.incoming-value-consume-async}. */
    public Result<GuestInput, String> incomingValueIncomingValueConsumeAsync(IncomingValue value) {
        return value.consumeAsync();
    }
}
