package dev.virga.wasi.io;

import java.io.IOException;

/** The reading end of a pipe. Dropping it tells the writer to stop. */
class PipeInput extends GuestInput {

    private final Pipe pipe;

    PipeInput(Pipe pipe) {
        this.pipe = pipe;
    }

    @Override
    protected byte[] take(int max) throws IOException {
        return pipe.take(max);
    }

    @Override
    protected boolean ready() {
        return pipe.readable();
    }

    @Override
    protected Signal signal() {
        return pipe.signal();
    }

    @Override
    public void close() {
        pipe.abandon();
    }
}
