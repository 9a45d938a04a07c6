package dev.virga.plugin.blobstore;

import dev.virga.wasi.io.EndOfStream;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.util.Arrays;

/** The body of an incoming value, read in the guest's own call, as {@link BlobOutput} writes. */
final class BlobInput extends GuestInput {

    private static final Signal NEVER = new Signal();

    private final BlobSession session;
    private final Download download;

    /** Takes over the download. */
    BlobInput(BlobSession session, Download download) {
        this.session = session;
        this.download = download;
    }

    @Override
    protected byte[] take(int max) throws IOException {
        byte[] bytes = new byte[(int) Math.min(max, Math.max(1, download.left()))];
        int count;
        try {
            count = download.read(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw session.failure(e);
        }
        if (count < 0) {
            throw new EndOfStream();
        }
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    @Override
    protected boolean ready() {
        return true;
    }

    @Override
    protected Signal signal() {
        return NEVER;
    }

    @Override
    public void close() {
        session.close(download);
    }
}
