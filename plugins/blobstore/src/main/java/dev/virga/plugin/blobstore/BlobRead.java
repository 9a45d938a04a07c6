package dev.virga.plugin.blobstore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object, or part of one, that is being read. Used by one thread at a time.
 *
 * @param size how many bytes there are
 * @param bytes fails if they turn out to be fewer
 */
public record BlobRead(long size, InputStream bytes) implements Closeable {

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
