package dev.virga.wasi.http;

import dev.virga.wasi.io.EndOfStream;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * The bytes and trailers of a message that goes out: a bounded queue between the guest and the
 * connection, which may come later. A guest that writes faster than the peer reads has to wait.
 */
public final class OutgoingContent {

    private static final int CAPACITY = 64 * 1024;

    private final OptionalLong expected;
    private final Function<Optional<Long>, ErrorCode> wrongSize;
    private final Signal signal = new Signal();
    private final Deque<byte[]> queue = new ArrayDeque<>();

    private Optional<BodySink> sink = Optional.empty();
    private Optional<HttpFields> trailers = Optional.empty();
    private Optional<HttpFailure> aborted = Optional.empty();
    private long accepted;
    private int held;
    private boolean flushing;
    private boolean writing;
    private boolean finished;
    private boolean closed;

    /**
     * @param expected the length that the message's head promises
     * @param wrongSize the error of a body that has another length
     */
    OutgoingContent(OptionalLong expected, Function<Optional<Long>, ErrorCode> wrongSize) {
        this.expected = expected;
        this.wrongSize = wrongSize;
    }

    /** The length that the message's head promises. */
    public OptionalLong length() {
        return expected;
    }

    /** What follows the last byte; known when the sink is asked to write the last bytes. */
    public synchronized Optional<HttpFields> trailers() {
        return trailers;
    }

    /** The message's head is on its way: what was and will be written follows. */
    public void connect(BodySink to) {
        Optional<HttpFailure> early;
        boolean empty;
        synchronized (this) {
            sink = Optional.of(to);
            early = aborted;
            empty = queue.isEmpty() && !finished;
            writing = empty;
        }
        if (early.isPresent()) {
            to.abort(early.get());
        } else if (empty) {
            to.begin(Callback.from(() -> written(0, false), this::failed));
        } else {
            pump();
        }
    }

    synchronized int permit() throws IOException {
        if (closed) {
            throw new EndOfStream();
        }
        return flushing ? 0 : CAPACITY - held;
    }

    synchronized boolean ready() {
        return closed || !flushing && held < CAPACITY;
    }

    Signal signal() {
        return signal;
    }

    void accept(byte[] bytes) throws IOException {
        synchronized (this) {
            accepted += bytes.length;
            held += bytes.length;
            queue.add(bytes);
        }
        if (expected.isPresent() && accepted > expected.getAsLong()) {
            throw abort(wrongSize.apply(Optional.of(accepted)));
        }
        pump();
    }

    /** Done when the connection has taken everything. Without a connection there is nothing to wait for. */
    synchronized void flush() {
        flushing = sink.isPresent() && held > 0;
    }

    /** The body is whole. */
    Optional<ErrorCode> finish(Optional<HttpFields> with) {
        if (expected.isPresent() && expected.getAsLong() != accepted) {
            return Optional.of(abort(wrongSize.apply(Optional.of(accepted))).code());
        }
        synchronized (this) {
            trailers = with;
            finished = true;
        }
        pump();
        return Optional.empty();
    }

    /** The body will not be whole. Does nothing once it is. */
    HttpFailure abort(ErrorCode code) {
        HttpFailure failure = new HttpFailure(code);
        Optional<BodySink> to;
        synchronized (this) {
            if (finished || aborted.isPresent()) {
                return failure;
            }
            aborted = Optional.of(failure);
            to = sink;
            close();
        }
        to.ifPresent(s -> s.abort(failure));
        signal.wake();
        return failure;
    }

    /** Nobody is there any more to go on with the body: the receiver is told so, unless it is whole. */
    public void abandon() {
        abort(new ErrorCode.ConnectionTerminated());
    }

    /** The receiver has gone: the guest sees its stream closed. */
    public void disconnect() {
        synchronized (this) {
            close();
        }
        signal.wake();
    }

    private void close() {
        closed = true;
        flushing = false;
        queue.clear();
        held = 0;
    }

    private void pump() {
        BodySink to;
        ByteBuffer bytes;
        boolean last;
        int length;
        synchronized (this) {
            if (sink.isEmpty() || writing || closed || queue.isEmpty() && !finished) {
                return;
            }
            to = sink.get();
            writing = true;
            bytes = queue.isEmpty() ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(queue.remove());
            last = finished && queue.isEmpty();
            length = bytes.remaining();
        }
        to.write(last, bytes, Callback.from(() -> written(length, last), this::failed));
    }

    private void written(int length, boolean last) {
        synchronized (this) {
            writing = false;
            held = Math.max(0, held - length);
            flushing &= held > 0;
            closed |= last;
        }
        signal.wake();
        pump();
    }

    private void failed(Throwable cause) {
        synchronized (this) {
            writing = false;
        }
        disconnect();
    }
}
