package dev.virga.plugin.blobstore;

import java.io.Closeable;
import java.io.IOException;

/** An object that is being written. Used by one thread at a time. */
public interface BlobWrite extends Closeable {

    /** Takes all of them; the array is the caller's again afterwards. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Makes the object visible, in the place of the one that was there. Once this returns, it outlives what the
     * backend promises to survive. Called once.
     */
    void commit() throws IOException;

    /** Leaves nothing behind if it was not committed. Idempotent. */
    @Override
    void close() throws IOException;
}
