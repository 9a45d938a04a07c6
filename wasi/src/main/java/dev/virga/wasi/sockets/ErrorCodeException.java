package dev.virga.wasi.sockets;

import java.io.IOException;
import java.util.Locale;

/** An operation fails with this code. Often part of normal work, so without a stack trace. */
final class ErrorCodeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    ErrorCodeException(ErrorCode code) {
        super(code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
