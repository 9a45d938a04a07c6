package dev.virga.ingress;

import java.util.function.Consumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;

/**
 * A body of which the first chunk was looked at. Counts what passes, and fails beyond a limit. It is
 * read as it is asked for, so whoever takes it slowly slows down its sender.
 */
final class Peeked implements Request.Content {

    /** The body is longer than it may be. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;

        TooLong(long limit) {
            super("a body of more than " + limit + " bytes", null, false, false);
        }
    }

    private final Content.Source source;
    private final long length;
    private final long limit;
    private final Consumer<Throwable> onFailure;
    private Content.Chunk first;
    private Content.Chunk failed;
    private long passed;

    /** @param onFailure told that nobody will read on */
    Peeked(Content.Source source, long length, long limit, Consumer<Throwable> onFailure) {
        this.source = source;
        this.length = length;
        this.limit = limit;
        this.onFailure = onFailure;
        this.first = source.read();
    }

    /** Whether the body is over before it has begun. */
    boolean empty() {
        return first != null && first.isLast() && !first.hasRemaining() && !Content.Chunk.isFailure(first);
    }

    /** Whether something is there already: bytes, the end or a failure. */
    boolean ready() {
        return first != null;
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public Content.Chunk read() {
        if (failed != null) {
            return failed;
        }
        Content.Chunk chunk = first != null ? first : source.read();
        first = null;
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return chunk;
        }
        passed += chunk.remaining();
        if (passed <= limit) {
            return chunk;
        }
        chunk.release();
        failed = Content.Chunk.from(new TooLong(limit));
        return failed;
    }

    @Override
    public void demand(Runnable callback) {
        if (first != null || failed != null) {
            callback.run();
        } else {
            source.demand(callback);
        }
    }

    @Override
    public void fail(Throwable cause) {
        if (first != null) {
            first.release();
            first = null;
        }
        onFailure.accept(cause);
    }
}
