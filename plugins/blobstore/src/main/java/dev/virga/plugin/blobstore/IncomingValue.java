package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import dev.virga.wasi.io.GuestInput;

/** {@code wasi:blobstore/types.incoming-value}. */
final class IncomingValue implements AutoCloseable {

    private final BlobSession session;
    private final Download download;

    /** Takes the download over. */
    IncomingValue(BlobSession session, Download download) {
        this.session = session;
        this.download = download;
    }

    public long size() {
        return download.left();
    }

    Result<byte[], String> consumeSync() {
        return session.told(() -> {
            try (download) {
                return download.readWhole();
            }
        });
    }

    Result<GuestInput, String> consumeAsync() {
        return Result.ok(new BlobInput(session, download));
    }

    @Override
    public void close() {
        session.close(download);
    }
}
