package dev.virga.wasi.io;

import java.io.IOException;

/**
 * The writing end of a pipe. Dropping it does not end the pipe: for some streams the end is said
 * elsewhere, as with {@code outgoing-body.finish}.
 */
class PipeOutput extends GuestOutput {

    private final Pipe pipe;

    PipeOutput(Pipe pipe) {
        this.pipe = pipe;
    }

    @Override
    protected int permit() throws IOException {
        return pipe.space();
    }

    @Override
    protected void accept(byte[] bytes) {
        pipe.offer(bytes);
    }

    @Override
    protected void startFlush() {}

    @Override
    protected boolean ready() {
        return pipe.writable();
    }

    @Override
    protected Signal signal() {
        return pipe.signal();
    }
}
