package dev.virga.wasi.filesystem;

import dev.virga.wasi.io.EndOfStream;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.Signal;
import java.io.IOException;

/** A file read from a position on. Disks answer quickly, so reads happen in the guest's own call. */
final class FileInput extends GuestInput {

    private static final Signal NEVER = new Signal();

    private final OpenFile file;
    private long position;
    private boolean closed;

    /** Takes over one use of the file. */
    FileInput(OpenFile file, long position) {
        this.file = file;
        this.position = position;
    }

    @Override
    protected byte[] take(int max) throws IOException {
        byte[] bytes = file.read(max, position);
        if (bytes.length == 0) {
            throw new EndOfStream();
        }
        position += bytes.length;
        return bytes;
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
        if (!closed) {
            closed = true;
            file.release();
        }
    }
}
