package dev.virga.wasi.io;

import java.io.IOException;

/** The stream is closed: no byte will come or be taken any more. The guest sees {@code closed}. */
public final class EndOfStream extends IOException {

    private static final long serialVersionUID = 1L;

    public EndOfStream() {
        super("stream closed");
    }

    /** Closing is no failure to look into, and often happens. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
