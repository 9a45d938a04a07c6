package dev.virga.wasi.io;

import dev.virga.component.Result;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code output-stream}: where a guest writes bytes. Subclasses say how much they can take now and
 * take it without waiting; permits, flushing, splicing and the rules about errors are here.
 */
public abstract class GuestOutput implements AutoCloseable {

    private boolean ended;

    /**
     * How many bytes {@link #accept} takes now; 0 to make the guest wait, also while a flush is
     * under way. It must not shrink but by writing or flushing.
     *
     * @throws EndOfStream if it takes none any more
     * @throws IOException what an earlier write or flush failed with; the stream is closed then
     */
    protected abstract int permit() throws IOException;

    /** Takes bytes, at least one and at most the permit; the array is the stream's from now on. */
    protected abstract void accept(byte[] bytes) throws IOException;

    /** Starts to bring everything accepted to its destination, without waiting. */
    protected abstract void startFlush() throws IOException;

    /** Whether {@link #permit} would give more than 0, the end or an error now. Must not block. */
    protected abstract boolean ready();

    /** Woken when {@link #ready} may have become true. */
    protected abstract Signal signal();

    /** {@code [method]output-stream.check-write}. */
    public final Result<Long, StreamError> checkWrite() {
        return attempt(() -> (long) permit());
    }

    /** {@code [method]output-stream.write}. */
    public final Result<Void, StreamError> write(byte[] contents) {
        return attempt(() -> {
            put(contents);
            return null;
        });
    }

    /** {@code [method]output-stream.write-zeroes}. */
    public final Result<Void, StreamError> writeZeroes(long length) {
        return attempt(() -> {
            int permit = permit();
            if (Long.compareUnsigned(length, permit) > 0) {
                throw exceeded(Long.toUnsignedString(length), permit);
            }
            for (int left = (int) length; left > 0; left -= Streams.MAX_CHUNK) {
                accept(new byte[Math.min(left, Streams.MAX_CHUNK)]);
            }
            return null;
        });
    }

    /** {@code [method]output-stream.flush}. */
    public final Result<Void, StreamError> flush() {
        return attempt(() -> {
            permit(); // reports the end or an earlier failure
            startFlush();
            return null;
        });
    }

    /** {@code [method]output-stream.blocking-flush}. */
    public final Result<Void, StreamError> blockingFlush() {
        return attempt(() -> {
            permit();
            flushAndWait();
            return null;
        });
    }

    /** {@code [method]output-stream.blocking-write-and-flush}. */
    public final Result<Void, StreamError> blockingWriteAndFlush(byte[] contents) {
        if (contents.length > Streams.MAX_BLOCKING_WRITE) {
            throw Streams.trap("blocking-write-and-flush of " + contents.length + " bytes; at most "
                    + Streams.MAX_BLOCKING_WRITE + " are allowed");
        }
        return attempt(() -> {
            putAll(contents);
            flushAndWait();
            return null;
        });
    }

    /** {@code [method]output-stream.blocking-write-zeroes-and-flush}. */
    public final Result<Void, StreamError> blockingWriteZeroesAndFlush(long length) {
        if (Long.compareUnsigned(length, Streams.MAX_BLOCKING_WRITE) > 0) {
            throw Streams.trap("blocking-write-zeroes-and-flush of " + Long.toUnsignedString(length)
                    + " bytes; at most " + Streams.MAX_BLOCKING_WRITE + " are allowed");
        }
        return blockingWriteAndFlush(new byte[(int) length]);
    }

    /** {@code [method]output-stream.splice}. */
    public final Result<Long, StreamError> splice(GuestInput source, long length) {
        return move(length, checkWrite(), source::read, this::write);
    }

    /** {@code [method]output-stream.blocking-splice}. */
    public final Result<Long, StreamError> blockingSplice(GuestInput source, long length) {
        return move(length, attempt(() -> (long) awaitPermit()), source::blockingRead, bytes -> attempt(() -> {
            putAll(bytes);
            flushAndWait();
            return null;
        }));
    }

    private static Result<Long, StreamError> move(
            long length, Result<Long, StreamError> permit, Reader reader, Writer writer) {
        if (!(permit instanceof Result.Ok<Long, StreamError>(Long space))) {
            return permit;
        }
        int max = Streams.bounded(length, Streams.bounded(space, Streams.MAX_CHUNK));
        if (max == 0) {
            return Result.ok(0L);
        }
        return switch (reader.read(max)) {
            case Result.Err<byte[], StreamError>(StreamError error) -> Result.err(error);
            case Result.Ok<byte[], StreamError>(byte[] bytes) -> switch (writer.write(bytes)) {
                case Result.Err<Void, StreamError>(StreamError error) -> Result.err(error);
                case Result.Ok<Void, StreamError> _ -> Result.ok((long) bytes.length);
            };
        };
    }

    /** {@code [method]output-stream.subscribe}. */
    public final Pollable subscribe() {
        return new Pollable(signal(), () -> ended || ready());
    }

    /** Called when the guest drops its handle. Nothing to do unless a subclass says so. */
    @Override
    public void close() {}

    private void put(byte[] bytes) throws IOException {
        int permit = permit();
        if (bytes.length > permit) {
            throw exceeded(Integer.toString(bytes.length), permit);
        }
        if (bytes.length > 0) { // empty writes must not pile up anywhere
            accept(bytes);
        }
    }

    private void putAll(byte[] bytes) throws IOException {
        int from = 0;
        do {
            int to = Math.min(bytes.length, from + awaitPermit());
            put(from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to));
            from = to;
        } while (from < bytes.length);
    }

    private void flushAndWait() throws IOException {
        startFlush();
        try {
            awaitPermit();
        } catch (EndOfStream e) {
            // Everything was taken before the end came, so this operation succeeded.
        }
    }

    private int awaitPermit() throws IOException {
        Pollable pollable = subscribe();
        while (true) {
            pollable.block();
            int permit = permit();
            if (permit > 0) {
                return permit;
            }
        }
    }

    private <T> Result<T, StreamError> attempt(Operation<T> operation) {
        if (ended) {
            return Result.err(new StreamError.Closed());
        }
        try {
            return Result.ok(operation.run());
        } catch (EndOfStream e) {
            ended = true;
            return Result.err(new StreamError.Closed());
        } catch (IOException e) {
            ended = true;
            return Result.err(new StreamError.LastOperationFailed(new IoError(e)));
        }
    }

    private static RuntimeException exceeded(String length, int permit) {
        return Streams.trap("write of " + length + " bytes where check-write permits " + permit);
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private interface Reader {
        Result<byte[], StreamError> read(long length);
    }

    private interface Writer {
        Result<Void, StreamError> write(byte[] bytes);
    }

    /** Another handle to this stream, which closes nothing when it is dropped. */
    public final GuestOutput share() {
        return share(() -> {});
    }

    /** Another handle to this stream, which does this and no more when it is dropped. */
    public final GuestOutput share(Runnable onClose) {
        GuestOutput shared = this;
        return new GuestOutput() {
            @Override
            protected int permit() throws IOException {
                return shared.permit();
            }

            @Override
            protected void accept(byte[] bytes) throws IOException {
                shared.accept(bytes);
            }

            @Override
            protected void startFlush() throws IOException {
                shared.startFlush();
            }

            @Override
            protected boolean ready() {
                return shared.ready();
            }

            @Override
            protected Signal signal() {
                return shared.signal();
            }

            @Override
            public void close() {
                onClose.run();
            }
        };
    }
}
