package dev.virga.plugin.blobstore;

import dev.virga.wasi.io.EndOfStream;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.Signal;
import java.io.IOException;

/**
 * The body of an outgoing value. It is written in the guest's own call: so nothing waits in between, and what
 * stops the guest also stops a slow backend.
 */
final class BlobOutput extends GuestOutput {

    private static final Signal NEVER = new Signal();
    private static final int PERMIT = 64 << 10;

    private final BlobSession session;
    private final Upload upload;

    BlobOutput(BlobSession session, Upload upload) {
        this.session = session;
        this.upload = upload;
    }

    @Override
    protected int permit() throws IOException {
        if (upload.ended()) {
            throw new EndOfStream();
        }
        return PERMIT;
    }

    @Override
    protected void accept(byte[] bytes) throws IOException {
        try {
            upload.write(bytes, bytes.length);
        } catch (IOException e) {
            throw session.failure(e);
        }
    }

    @Override
    protected void startFlush() {} // what is written is only ever seen as a whole

    @Override
    protected boolean ready() {
        return true;
    }

    @Override
    protected Signal signal() {
        return NEVER;
    }
}
