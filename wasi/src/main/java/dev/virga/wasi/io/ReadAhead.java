package dev.virga.wasi.io;

import java.io.IOException;

/**
 * Bytes from blocking Java code. A virtual thread reads ahead into a bounded pipe; it is started
 * when the guest first asks for bytes, and ends at the end of the bytes, on failure, or when the
 * stream was closed and the read that is under way returns. The owner closes the source.
 */
public final class ReadAhead extends GuestInput {

    /** Blocking reads, as {@link java.io.InputStream#read(byte[], int, int)} defines them. */
    public interface Source {
        int read(byte[] bytes, int offset, int length) throws IOException;
    }

    private static final int CHUNK = 16 * 1024;

    private final Source source;
    private final Pipe pipe;
    private boolean started;

    /** @param capacity how many bytes to read ahead at most */
    public ReadAhead(Source source, int capacity) {
        this.source = source;
        this.pipe = new Pipe(capacity);
    }

    @Override
    protected synchronized byte[] take(int max) throws IOException {
        start();
        return pipe.take(max);
    }

    @Override
    protected synchronized boolean ready() {
        start();
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

    private void start() {
        if (!started) {
            started = true;
            Thread.ofVirtual().name("wasi-read-ahead").start(this::pump);
        }
    }

    private void pump() {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int count = source.read(buffer, 0, CHUNK); count >= 0; count = source.read(buffer, 0, CHUNK)) {
                pipe.write(buffer, 0, count);
            }
            pipe.end();
        } catch (EndOfStream e) {
            pipe.end();
        } catch (IOException e) {
            pipe.fail(e);
        } catch (RuntimeException e) { // whoever waits must hear of it, whatever it is
            pipe.fail(new IOException("the source of this stream failed", e));
        }
    }
}
