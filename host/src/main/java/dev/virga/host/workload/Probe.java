package dev.virga.host.workload;

import dev.virga.component.ComponentInstance;
import dev.virga.component.Result;
import dev.virga.wasi.http.BodySink;
import dev.virga.wasi.http.ErrorCode;
import dev.virga.wasi.http.Fields;
import dev.virga.wasi.http.HttpFailure;
import dev.virga.wasi.http.IncomingContent;
import dev.virga.wasi.http.IncomingRequest;
import dev.virga.wasi.http.Method;
import dev.virga.wasi.http.OutgoingResponse;
import dev.virga.wasi.http.ResponseOutparam;
import dev.virga.wasi.http.Scheme;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;

/** A request that asks a component whether it can serve; takes the status of the answer and drops the rest. */
final class Probe implements ResponseOutparam.Responder {

    private static final int FIELD_BYTES = 16 << 10;

    private final String path;
    private int status;

    Probe(String path) {
        this.path = path;
    }

    IncomingRequest request() {
        return new IncomingRequest(
                new Method.Get(),
                Optional.of(path),
                Optional.of(new Scheme.Http()),
                Optional.of("localhost"),
                Fields.received(HttpFields.EMPTY, FIELD_BYTES),
                new IncomingContent(
                        Content.Source.from(ByteBuffer.allocate(0)), () -> null, _ -> {}, 0, Optional.empty()),
                FIELD_BYTES);
    }

    /** The status of the answer; 0 if there was none. */
    int status() {
        return status;
    }

    @Override
    public void respond(Result<OutgoingResponse, ErrorCode> result) {
        if (result instanceof Result.Ok<OutgoingResponse, ErrorCode>(OutgoingResponse answer)) {
            status = Short.toUnsignedInt(answer.statusCode());
            answer.content().ifPresent(content -> content.connect(new Drain()));
        }
    }

    @Override
    public Result<Void, ErrorCode> inform(int informational, Fields headers) {
        return Result.ok();
    }

    /** Takes a body and keeps nothing of it. */
    private static final class Drain implements BodySink {
        @Override
        public void write(boolean last, ByteBuffer bytes, Callback callback) {
            bytes.position(bytes.limit());
            callback.succeeded();
        }

        @Override
        public void abort(HttpFailure cause) {
            // nobody is told
        }
    }
}
