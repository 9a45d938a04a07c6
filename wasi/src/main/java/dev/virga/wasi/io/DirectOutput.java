package dev.virga.wasi.io;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes to a Java stream at once, in the guest's own call, so that nothing is buffered or left
 * behind when the guest stops and the order between two such streams is kept. For sinks that take
 * bytes quickly, as standard output does; a slow one stops the guest.
 */
public final class DirectOutput extends GuestOutput {

    private static final Signal NEVER = new Signal();
    private static final int PERMIT = Streams.MAX_CHUNK;

    /** How Linux and macOS call it that the reader of a pipe has gone; Java has no exception of its own for it. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private final OutputStream sink;

    public DirectOutput(OutputStream sink) {
        this.sink = sink;
    }

    @Override
    protected int permit() {
        return PERMIT;
    }

    @Override
    protected void accept(byte[] bytes) throws IOException {
        attempt(() -> sink.write(bytes));
    }

    @Override
    protected void startFlush() throws IOException {
        attempt(sink::flush);
    }

    /** Nobody reading any more is an end, not an error to look into: guests tell the two apart. */
    private static void attempt(Operation operation) throws IOException {
        try {
            operation.run();
        } catch (IOException e) {
            throw BROKEN_PIPE.equals(e.getMessage()) ? new EndOfStream() : e;
        }
    }

    private interface Operation {
        void run() throws IOException;
    }

    @Override
    protected boolean ready() {
        return true;
    }

    @Override
    protected Signal signal() {
        return NEVER;
    }
}
