package dev.virga.wasi.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;

/**
 * A bounded queue of bytes between one writer and one reader. Either side may be a guest, through
 * {@link #input} or {@link #output}, which never wait in here, or a host thread, which calls {@link
 * #read} or {@link #write} and blocks. A full pipe stops its writer: that is the backpressure.
 */
public final class Pipe {

    /** Charged for each chunk beside its bytes, so that many tiny writes cannot pile up either. */
    private static final int CHUNK_OVERHEAD = 32;

    private final int capacity;
    private final Signal signal = new Signal();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    /** How much of the first chunk has been read. */
    private int consumed;
    private int held;
    private boolean ended;
    private boolean abandoned;
    private boolean flushing;
    private boolean readerWaits;
    /** Why the other side gave up; null while it has not. */
    private IOException writerFailure;
    private IOException readerFailure;

    /** @param capacity in bytes, at least 1 */
    public Pipe(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a pipe of " + capacity + " bytes would never move");
        }
        this.capacity = capacity;
    }

    /** The reading end for a guest. */
    public GuestInput input() {
        return new PipeInput(this);
    }

    /** The writing end for a guest; a flush of it is done at once, since the reader decides when to read. */
    public GuestOutput output() {
        return new PipeOutput(this);
    }

    /** The writing end for a connection, whose writer learns by writing that nobody reads any more. */
    public GuestOutput connectionOutput() {
        return new ConnectionOutput(this);
    }

    // The writer's side

    /** Writes everything, waiting for space. */
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int space = space();
            if (space == 0) {
                await();
            } else {
                int to = Math.min(end, from + space);
                offer(Arrays.copyOfRange(bytes, from, to));
                from = to;
            }
        }
    }

    /** Says that no more bytes will come. The reader still gets those in the pipe. */
    public synchronized void end() {
        ended = true;
        changed();
    }

    /** Says that no more bytes will come because of a failure, which the reader sees after those in the pipe. */
    public synchronized void fail(IOException reason) {
        if (!ended) {
            ended = true;
            writerFailure = reason;
            changed();
        }
    }

    /** How many bytes fit now; 0 while a flush is under way. */
    synchronized int space() throws IOException {
        if (readerFailure != null) {
            throw readerFailure;
        }
        if (abandoned || ended) {
            throw new EndOfStream();
        }
        return flushing ? 0 : Math.max(0, capacity - held);
    }

    synchronized void offer(byte[] bytes) {
        chunks.add(bytes);
        held += bytes.length + CHUNK_OVERHEAD;
        changed();
    }

    /** Gives no more space until the reader has handled everything and waits for more. */
    synchronized void flush() {
        flushing = !(chunks.isEmpty() && readerWaits);
    }

    synchronized boolean writable() {
        return readerFailure != null || abandoned || ended || !flushing && held < capacity;
    }

    // The reader's side

    /** Reads at least one byte, waiting for it, or gives −1 at the end. */
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        while (chunks.isEmpty()) {
            if (writerFailure != null) {
                throw writerFailure;
            }
            if (ended) {
                return -1;
            }
            readerWaits = true;
            if (flushing) {
                flushing = false;
                changed();
            }
            await();
        }
        readerWaits = false;
        int count = Math.min(length, chunks.getFirst().length - consumed);
        System.arraycopy(chunks.getFirst(), consumed, bytes, offset, count);
        consume(count);
        return count;
    }

    /** Says that nothing will be read any more; drops what is in the pipe. */
    public synchronized void abandon() {
        abandoned = true;
        drop();
    }

    /** Says that nothing will be read any more because of a failure, which the writer sees. */
    public synchronized void abandon(IOException reason) {
        if (!abandoned) {
            readerFailure = reason;
            abandon();
        }
    }

    /** Takes up to {@code max} bytes without waiting; none if none is there yet. */
    synchronized byte[] take(int max) throws IOException {
        if (chunks.isEmpty()) {
            if (writerFailure != null) {
                throw writerFailure;
            }
            if (ended || abandoned) {
                throw new EndOfStream();
            }
            return new byte[0];
        }
        byte[] first = chunks.getFirst();
        int count = Math.min(max, first.length - consumed);
        byte[] taken = count == first.length ? first : Arrays.copyOfRange(first, consumed, consumed + count);
        consume(count);
        return taken;
    }

    /** Whether nobody reads any more. */
    synchronized boolean isAbandoned() {
        return abandoned && !ended;
    }

    synchronized boolean readable() {
        return !chunks.isEmpty() || ended || abandoned;
    }

    public synchronized boolean isEmpty() {
        return chunks.isEmpty();
    }

    Signal signal() {
        return signal;
    }

    private void consume(int count) {
        consumed += count;
        if (consumed == chunks.getFirst().length) {
            held -= chunks.removeFirst().length + CHUNK_OVERHEAD;
            consumed = 0;
        }
        changed();
    }

    private void drop() {
        chunks.clear();
        held = 0;
        consumed = 0;
        changed();
    }

    private void changed() {
        notifyAll();
        signal.wake();
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the other end of a stream");
        }
    }
}
