package dev.virga.component;

import java.util.List;

/**
 * The readable end of a WIT {@code stream<T>}. A guest's stream comes as one of these to the host, and
 * the host gives a guest one of its own. A stream of bytes is an {@link java.io.InputStream} instead;
 * the values of a {@code stream} without a type are null.
 *
 * <p>All calls block: the guest at the other end runs meanwhile. One thread uses it at a time.
 */
public interface StreamReader<T> extends AutoCloseable {

    /**
     * Waits for elements: at least one and at most {@code max}, or none at the end of the stream.
     *
     * @throws dev.virga.engine.Trap if the guest at the other end trapped
     */
    List<T> read(int max);

    /** Lets go of the stream: who writes to it is told. Idempotent. */
    @Override
    void close();
}
