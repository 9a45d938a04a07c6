package dev.virga.wasi.http;

import dev.virga.component.Result;
import java.util.Optional;

/** {@code wasi:http/types.outgoing-response}. */
public final class OutgoingResponse implements AutoCloseable {

    private static final int SMALLEST_STATUS = 200;
    private static final int LARGEST_STATUS = 999;

    private final Fields headers;
    private short status = SMALLEST_STATUS;
    private Optional<OutgoingContent> content = Optional.empty();

    OutgoingResponse(Fields headers) {
        this.headers = headers.immutable();
    }

    /** {@code [method]outgoing-response.status-code}. */
    public short statusCode() {
        return status;
    }

    /** {@code [method]outgoing-response.set-status-code}; informational ones are no responses. */
    public Result<Void, Void> setStatusCode(short code) {
        int number = Short.toUnsignedInt(code);
        if (number < SMALLEST_STATUS || number > LARGEST_STATUS) {
            return Result.err();
        }
        status = code;
        return Result.ok();
    }

    /** {@code [method]outgoing-response.headers}. */
    public Fields headers() {
        return headers;
    }

    /** {@code [method]outgoing-response.body}. */
    public Result<OutgoingBody, Void> body() {
        if (content.isPresent()) {
            return Result.err();
        }
        OutgoingContent body = new OutgoingContent(headers.contentLength(), ErrorCode.HttpResponseBodySize::new);
        content = Optional.of(body);
        return Result.ok(new OutgoingBody(body));
    }

    /** What the guest writes as the body, if it asked for one. */
    public Optional<OutgoingContent> content() {
        return content;
    }

    /** Not sent: what was written as its body goes nowhere. */
    @Override
    public void close() {
        content.ifPresent(OutgoingContent::disconnect);
    }
}
