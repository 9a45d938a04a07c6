package dev.virga.wasi.io;

import java.io.IOException;

/**
 * The writing end of a connection in this process. As over a network, a peer that has read everything and gone is no
 * failure of a flush: the first bytes that are written afterwards are lost, and the next ones refused.
 */
final class ConnectionOutput extends PipeOutput {

    private final Pipe pipe;
    private boolean lost;

    ConnectionOutput(Pipe pipe) {
        super(pipe);
        this.pipe = pipe;
    }

    @Override
    protected int permit() throws IOException {
        return !lost && pipe.isAbandoned() ? Streams.MAX_BLOCKING_WRITE : super.permit();
    }

    @Override
    protected void accept(byte[] bytes) {
        if (pipe.isAbandoned()) {
            lost = true;
        } else {
            super.accept(bytes);
        }
    }
}
