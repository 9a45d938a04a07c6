package dev.virga.wasi.io;

import dev.virga.component.Result;
import java.io.IOException;
import java.util.List;

/**
 * {@code input-stream}: bytes that a guest reads. Subclasses say how to get at bytes without
 * waiting; reading, skipping, blocking and the rules about errors are here.
 */
public abstract class GuestInput implements AutoCloseable {

    private boolean ended;

    /**
     * Takes up to {@code max} bytes without waiting, at least one unless none is there yet.
     *
     * @param max at least 1
     * @throws EndOfStream if there will be none any more
     * @throws IOException what the guest sees as the failure of this operation; the stream is closed then
     */
    protected abstract byte[] take(int max) throws IOException;

    /** Whether {@link #take} would give bytes, the end or an error now. Must not block. */
    protected abstract boolean ready();

    /** Woken when {@link #ready} may have become true. */
    protected abstract Signal signal();

    /** {@code [method]input-stream.read}. */
    public final Result<byte[], StreamError> read(long length) {
        if (ended) {
            return Result.err(new StreamError.Closed());
        }
        int max = Streams.bounded(length, Streams.MAX_CHUNK);
        try {
            return Result.ok(max == 0 ? new byte[0] : take(max));
        } catch (EndOfStream e) {
            ended = true;
            return Result.err(new StreamError.Closed());
        } catch (IOException e) {
            ended = true;
            return Result.err(new StreamError.LastOperationFailed(new IoError(e)));
        }
    }

    /** {@code [method]input-stream.blocking-read}. */
    public final Result<byte[], StreamError> blockingRead(long length) {
        Pollable pollable = subscribe();
        while (true) {
            pollable.block();
            Result<byte[], StreamError> result = read(length);
            if (length == 0 || !(result instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) || bytes.length > 0) {
                return result;
            }
        }
    }

    /** {@code [method]input-stream.skip}. */
    public final Result<Long, StreamError> skip(long length) {
        return count(read(length));
    }

    /** {@code [method]input-stream.blocking-skip}. */
    public final Result<Long, StreamError> blockingSkip(long length) {
        return count(blockingRead(length));
    }

    private static Result<Long, StreamError> count(Result<byte[], StreamError> result) {
        return switch (result) {
            case Result.Ok<byte[], StreamError>(byte[] bytes) -> Result.ok((long) bytes.length);
            case Result.Err<byte[], StreamError>(StreamError error) -> Result.err(error);
        };
    }

    /** {@code [method]input-stream.subscribe}. */
    public final Pollable subscribe() {
        return new Pollable(signal(), () -> ended || ready());
    }

    /** Blocks the calling host thread until {@link #take} has something to say. */
    public final void awaitReady() {
        Poll.await(List.of(subscribe()));
    }

    /** Called when the guest drops its handle. Nothing to do unless a subclass says so. */
    @Override
    public void close() {}

    /** Another handle to this stream, which closes nothing when it is dropped. */
    public final GuestInput share() {
        return share(() -> {});
    }

    /** Another handle to this stream, which does this and no more when it is dropped. */
    public final GuestInput share(Runnable onClose) {
        GuestInput shared = this;
        return new GuestInput() {
            @Override
            protected byte[] take(int max) throws IOException {
                return shared.take(max);
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
