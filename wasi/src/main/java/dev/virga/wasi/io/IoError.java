package dev.virga.wasi.io;

import java.io.IOException;

/** {@code wasi:io/error.error}: why a stream's last operation failed. */
public final class IoError {

    private final IOException cause;

    public IoError(IOException cause) {
        this.cause = cause;
    }

    /** For the functions of other interfaces that turn an error into a code of their own. */
    public IOException cause() {
        return cause;
    }

    /** {@code [method]error.to-debug-string}; nothing of the host but the message shows. */
    public String toDebugString() {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
