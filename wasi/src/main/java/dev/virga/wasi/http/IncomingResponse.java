package dev.virga.wasi.http;

import dev.virga.component.Result;

/** {@code wasi:http/types.incoming-response}. */
public final class IncomingResponse implements AutoCloseable {

    private final short status;
    private final Fields headers;
    private final IncomingContent content;
    private final int fieldLimit;
    private boolean consumed;

    IncomingResponse(short status, Fields headers, IncomingContent content, int fieldLimit) {
        this.status = status;
        this.headers = headers;
        this.content = content;
        this.fieldLimit = fieldLimit;
    }

    /** {@code [method]incoming-response.status}. */
    public short status() {
        return status;
    }

    /** {@code [method]incoming-response.headers}. */
    public Fields headers() {
        return headers;
    }

    /** {@code [method]incoming-response.consume}. */
    public Result<IncomingBody, Void> consume() {
        if (consumed) {
            return Result.err();
        }
        consumed = true;
        return Result.ok(new IncomingBody(content, fieldLimit));
    }

    /** Without anybody to read the body, it need not be sent. */
    @Override
    public void close() {
        if (!consumed) {
            content.abandon(new HttpFailure(new ErrorCode.ConnectionTerminated()));
        }
    }
}
