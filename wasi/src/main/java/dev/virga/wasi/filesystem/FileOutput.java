package dev.virga.wasi.filesystem;

import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.Signal;
import java.io.IOException;

/** A file written from a position on or at its end, in the guest's own call. */
final class FileOutput extends GuestOutput {

    private static final Signal NEVER = new Signal();
    private static final int PERMIT = 1 << 20;

    private interface Target {
        void write(byte[] bytes) throws IOException;
    }

    private final OpenFile file;
    private final Target target;
    private boolean closed;

    private FileOutput(OpenFile file, Target target) {
        this.file = file;
        this.target = target;
    }

    /** Takes over one use of the file. */
    static FileOutput at(long start, OpenFile file) {
        return new FileOutput(file, new Target() {
            private long position = start;

            @Override
            public void write(byte[] bytes) throws IOException {
                file.write(bytes, position);
                position += bytes.length;
            }
        });
    }

    /** Takes over one use of the file. */
    static FileOutput append(OpenFile file) {
        return new FileOutput(file, file::append);
    }

    @Override
    protected int permit() {
        return PERMIT;
    }

    @Override
    protected void accept(byte[] bytes) throws IOException {
        target.write(bytes);
    }

    @Override
    protected void startFlush() {} // nothing is held back; getting it onto the disk is what sync is for

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
