package dev.virga.wasi.io;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Bytes into blocking Java code. A virtual thread, started at the first write, takes them from a
 * bounded pipe. A flush is done when the sink has taken and flushed everything. When the guest
 * drops the stream, what is in the pipe is still written; the owner closes the sink.
 */
public final class WriteBehind extends GuestOutput {

    /** Blocking writes, as {@link java.io.OutputStream} defines them. */
    public interface Sink {
        void write(byte[] bytes, int offset, int length) throws IOException;

        default void flush() throws IOException {}

        /** Called last, after everything was written or writing failed. */
        default void end() {}
    }

    private static final int CHUNK = 16 * 1024;

    private final Sink sink;
    private final Pipe pipe;
    private Optional<Thread> pump = Optional.empty();

    /** @param capacity how many bytes may wait for the sink */
    public WriteBehind(Sink sink, int capacity) {
        this.sink = sink;
        this.pipe = new Pipe(capacity);
    }

    @Override
    protected int permit() throws IOException {
        return pipe.space();
    }

    @Override
    protected synchronized void accept(byte[] bytes) {
        pipe.offer(bytes);
        start();
    }

    private void start() {
        if (pump.isEmpty()) {
            pump = Optional.of(Thread.ofVirtual().name("wasi-write-behind").start(this::pump));
        }
    }

    @Override
    protected synchronized void startFlush() {
        if (pump.isPresent()) {
            pipe.flush();
        }
    }

    @Override
    protected boolean ready() {
        return pipe.writable();
    }

    @Override
    protected Signal signal() {
        return pipe.signal();
    }

    /** Takes no more bytes; the guest sees {@code closed}. Those accepted are still written. */
    public synchronized void end() {
        pipe.end();
        start(); // so that the sink hears of the end
    }

    /** Ends, and gives the sink some time to take the bytes that are left. */
    public void endWithin(Duration time) {
        end();
        try {
            pump.orElseThrow().join(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }

    private void pump() {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int count = pipe.read(buffer, 0, CHUNK); count >= 0; count = pipe.read(buffer, 0, CHUNK)) {
                sink.write(buffer, 0, count);
                if (pipe.isEmpty()) {
                    sink.flush();
                }
            }
            pipe.abandon();
        } catch (IOException e) {
            pipe.abandon(e);
        } catch (RuntimeException e) { // whoever waits must hear of it, whatever it is
            pipe.abandon(new IOException("the destination of this stream failed", e));
        } finally {
            sink.end();
        }
    }
}
