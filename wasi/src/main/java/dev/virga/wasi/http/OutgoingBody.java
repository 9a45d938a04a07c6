package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** {@code wasi:http/types.outgoing-body}: whole only if it was finished. */
public final class OutgoingBody implements AutoCloseable {

    private final OutgoingContent content;
    private boolean streamTaken;
    private boolean streamOpen;

    OutgoingBody(OutgoingContent content) {
        this.content = content;
    }

    /** {@code [method]outgoing-body.write}. */
    public Result<GuestOutput, Void> write() {
        if (streamTaken) {
            return Result.err();
        }
        streamTaken = true;
        streamOpen = true;
        return Result.ok(new Stream());
    }

    /** {@code [static]outgoing-body.finish}. */
    Result<Void, ErrorCode> finish(Optional<Fields> trailers) {
        requireNoStream("finish");
        if (trailers.isPresent() && !trailers.get().entries().stream().allMatch(e -> FieldSyntax.mayTrail(e.name()))) {
            return Result.err(content.abort(new ErrorCode.HttpProtocolError()).code());
        }
        Optional<ErrorCode> error = content.finish(trailers.map(fields -> {
            HttpFields.Mutable wire = HttpFields.build();
            fields.copyTo(wire);
            return wire.asImmutable();
        }));
        return error.<Result<Void, ErrorCode>>map(Result::err).orElseGet(Result::ok);
    }

    /** Dropped without being finished: the message is cut short. */
    @Override
    public void close() {
        content.abort(new ErrorCode.HttpProtocolError());
        requireNoStream("drop");
    }

    private void requireNoStream(String operation) {
        if (streamOpen) {
            throw new Trap(Trap.Kind.CANONICAL_ABI,
                    "wasi:http/types: " + operation + " of an outgoing-body whose stream was not dropped before");
        }
    }

    private final class Stream extends GuestOutput {

        @Override
        protected int permit() throws IOException {
            return content.permit();
        }

        @Override
        protected void accept(byte[] bytes) throws IOException {
            content.accept(bytes);
        }

        @Override
        protected void startFlush() {
            content.flush();
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
