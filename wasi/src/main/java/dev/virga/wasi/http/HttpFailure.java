package dev.virga.wasi.http;

import java.io.IOException;

/** A failure with its error code, as streams of bodies carry it. */
public final class HttpFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;

    public HttpFailure(ErrorCode code) {
        this(code, null);
    }

    public HttpFailure(ErrorCode code, Throwable cause) {
        super(code.text(), cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
