package dev.virga.plugin.blobstore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gathers an object's bytes, each charged to its namespace before it is kept. */
final class MemoryWrite implements BlobWrite {

    static final int CHUNK = 64 << 10;

    private final MemoryBackend backend;
    private final BlobId object;
    private final List<byte[]> chunks = new ArrayList<>();
    private ByteArrayOutputStream last = new ByteArrayOutputStream();
    private long size;
    private boolean ended;

    MemoryWrite(MemoryBackend backend, BlobId object) {
        this.backend = backend;
        this.object = object;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        backend.charge(object.container().namespace(), length);
        size += length;
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int count = Math.min(end - from, CHUNK - last.size());
            last.write(bytes, from, count);
            from += count;
            if (last.size() == CHUNK) {
                chunks.add(last.toByteArray());
                last = new ByteArrayOutputStream();
            }
        }
    }

    @Override
    public void commit() throws IOException {
        if (last.size() > 0) {
            chunks.add(last.toByteArray());
        }
        ended = true;
        backend.put(object, List.copyOf(chunks), size);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            backend.release(object.container().namespace(), size);
        }
    }
}
