package dev.virga.component;

/** An instance of a component, with all that it allocated. Used by one thread at a time. */
public final class ComponentInstance implements AutoCloseable {

    /** Stops the guest from any thread; see {@link dev.virga.engine.Store#interrupt}. */
    public void interrupt(String reason) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Frees everything; closes host resources that the guest still owned. Idempotent. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("skeleton");
    }
}
