package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.Signal;
import java.io.IOException;

/** {@code wasi:http/types.incoming-body}: gives a stream once, then trailers. */
public final class IncomingBody implements AutoCloseable {

    private final IncomingContent content;
    private final int fieldLimit;
    private boolean streamTaken;
    private boolean streamOpen;

    IncomingBody(IncomingContent content, int fieldLimit) {
        this.content = content;
        this.fieldLimit = fieldLimit;
    }

    /** {@code [method]incoming-body.stream}. */
    public Result<GuestInput, Void> stream() {
        if (streamTaken) {
            return Result.err();
        }
        streamTaken = true;
        streamOpen = true;
        return Result.ok(new Stream());
    }

    /** {@code [static]incoming-body.finish}. */
    FutureTrailers finish() {
        requireNoStream("finish");
        return new FutureTrailers(content, fieldLimit);
    }

    /** Dropped unread, wholly or in part: the peer may stop sending. */
    @Override
    public void close() {
        content.abandon(new HttpFailure(new ErrorCode.ConnectionTerminated()));
        requireNoStream("drop");
    }

    private void requireNoStream(String operation) {
        if (streamOpen) {
            throw new Trap(Trap.Kind.CANONICAL_ABI,
                    "wasi:http/types: " + operation + " of an incoming-body whose stream was not dropped before");
        }
    }

    private final class Stream extends GuestInput {

        @Override
        protected byte[] take(int max) throws IOException {
            return content.take(max);
        }

        @Override
        protected boolean ready() {
            return content.ready();
        }

        @Override
        protected Signal signal() {
            return content.signal();
        }

        @Override
        public void close() {
            streamOpen = false;
        }
    }
}
