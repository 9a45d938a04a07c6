package dev.virga.wasi.http;

import dev.virga.wasi.io.EndOfStream;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The bytes and trailers of a message that comes in. Holds one buffer of the connection at most:
 * more is asked for when the guest has taken it, so a slow guest slows the peer down.
 */
public final class IncomingContent {

    /** Stops waiting for a peer that sends nothing more. */
    public record Patience(Duration time, Scheduler scheduler) {}

    private final Content.Source source;
    private final Supplier<HttpFields> trailers;
    private final Consumer<HttpFailure> stop;
    private final Optional<Patience> patience;
    private final long limit;
    private final Signal signal = new Signal();

    private long received;
    private Content.Chunk current;
    private boolean demanded;
    private boolean ended;
    private boolean draining;
    private IOException failure;
    private Optional<Scheduler.Task> timeout = Optional.empty();

    /**
     * @param trailers asked when the bytes have ended; gives null where there are none
     * @param stop tells the connection that nobody will read the rest
     * @param limit how many bytes may come
     */
    public IncomingContent(
            Content.Source source,
            Supplier<HttpFields> trailers,
            Consumer<HttpFailure> stop,
            long limit,
            Optional<Patience> patience) {
        this.source = source;
        this.trailers = trailers;
        this.stop = stop;
        this.limit = limit;
        this.patience = patience;
    }

    /** Takes up to {@code max} bytes without waiting; none if none is there yet. */
    synchronized byte[] take(int max) throws IOException {
        fetch();
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            throw new EndOfStream();
        }
        if (current == null) {
            return new byte[0];
        }
        byte[] bytes = new byte[Math.min(max, current.remaining())];
        current.get(bytes, 0, bytes.length);
        releaseIfEmpty();
        return bytes;
    }

    /** Whether bytes, the end or a failure are there. */
    synchronized boolean ready() {
        fetch();
        return current != null || finished();
    }

    /** Whether everything was read, or nothing more can be. */
    public synchronized boolean finished() {
        return ended || failure != null;
    }

    Signal signal() {
        return signal;
    }

    /** The trailers, once the bytes have ended. */
    synchronized Optional<HttpFields> trailers() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(trailers.get()).filter(fields -> fields.size() > 0);
    }

    /** Reads to the end, for the trailers' sake; not in the guest's time, since it may be long. */
    void drain() {
        synchronized (this) {
            if (finished()) {
                return;
            }
            draining = true;
        }
        Thread.ofVirtual().name("http-drain").start(this::discard);
    }

    /** Nobody will read any more. */
    public void abandon(HttpFailure cause) {
        synchronized (this) {
            if (finished()) {
                return;
            }
            end(cause);
        }
        stop.accept(cause);
        signal.wake();
    }

    private void discard() {
        while (discardChunk()) {
            // a chunk at a time, so that abandoning it gets its turn
        }
        if (finished()) {
            signal.wake();
        }
    }

    private synchronized boolean discardChunk() {
        if (!fetch()) {
            return false;
        }
        current.skip(current.remaining());
        releaseIfEmpty();
        return true;
    }

    /** Makes {@link #current} the next bytes if they are there; asks for them otherwise. */
    private boolean fetch() {
        while (current == null && !demanded && !finished()) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                demand();
            } else if (Content.Chunk.isFailure(chunk)) {
                end(Failures.of(chunk.getFailure()));
            } else {
                accept(chunk);
            }
        }
        return current != null;
    }

    private void accept(Content.Chunk chunk) {
        received += chunk.remaining();
        if (received > limit) {
            chunk.release();
            end(new HttpFailure(new ErrorCode.HttpRequestBodySize(Optional.of(received))));
        } else if (chunk.hasRemaining()) {
            current = chunk;
        } else {
            ended = chunk.isLast();
            chunk.release();
        }
    }

    private void releaseIfEmpty() {
        if (!current.hasRemaining()) {
            ended = current.isLast();
            current.release();
            current = null;
        }
    }

    private void demand() {
        demanded = true;
        timeout = patience.map(p -> p.scheduler().schedule(
                () -> abandon(new HttpFailure(new ErrorCode.ConnectionReadTimeout())),
                p.time().toNanos(), TimeUnit.NANOSECONDS));
        source.demand(this::available);
    }

    private void available() {
        boolean skip;
        synchronized (this) {
            demanded = false;
            timeout.ifPresent(Scheduler.Task::cancel);
            skip = draining;
        }
        if (skip) {
            discard();
        } else {
            signal.wake();
        }
    }

    private void end(IOException cause) {
        failure = cause;
        if (current != null) {
            current.release();
            current = null;
        }
    }
}
