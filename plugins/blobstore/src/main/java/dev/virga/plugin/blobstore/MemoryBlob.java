package dev.virga.plugin.blobstore;

import java.io.InputStream;
import java.util.List;

/** An object's bytes, and how many use them. Guarded by its backend, but for the bytes, which never change. */
final class MemoryBlob {

    private final String namespace;
    private final List<byte[]> chunks;
    private final BlobInfo info;
    private final long charged;
    private int uses = 1;

    /** @param chunks all of {@link MemoryWrite#CHUNK} bytes, but for the last */
    MemoryBlob(String namespace, List<byte[]> chunks, BlobInfo info, long charged) {
        this.namespace = namespace;
        this.chunks = chunks;
        this.info = info;
        this.charged = charged;
    }

    String namespace() {
        return namespace;
    }

    List<byte[]> chunks() {
        return chunks;
    }

    BlobInfo info() {
        return info;
    }

    long charged() {
        return charged;
    }

    void hold() {
        uses++;
    }

    /** Whether that was the last use. */
    boolean letGo() {
        return --uses == 0;
    }

    /** @param start at most the size */
    InputStream open(long start, Runnable onClose) {
        return new InputStream() {
            private long position = start;
            private boolean closed;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (position == info.size()) {
                    return -1;
                }
                byte[] chunk = chunks.get((int) (position / MemoryWrite.CHUNK));
                int from = (int) (position % MemoryWrite.CHUNK);
                int count = Math.min(length, chunk.length - from);
                System.arraycopy(chunk, from, bytes, offset, count);
                position += count;
                return count;
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    onClose.run();
                }
            }
        };
    }
}
