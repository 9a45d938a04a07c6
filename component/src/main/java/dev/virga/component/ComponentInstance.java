package dev.virga.component;

import dev.virga.component.runtime.Item;
import dev.virga.component.runtime.Root;

/** An instance of a component, with all that it allocated. Used by one thread at a time. */
public final class ComponentInstance implements AutoCloseable {

    private final Root root;

    ComponentInstance(Root root) {
        this.root = root;
    }

    Root root() {
        return root;
    }

    /** Its exports, for another component to import. */
    Item offered() {
        return root.offered();
    }

    /** Stops the guest from any thread; see {@link dev.virga.engine.Store#interrupt}. */
    public void interrupt(String reason) {
        root.interrupt(reason);
    }

    /** How many handles to resources its components hold at present. */
    public int handles() {
        return root.handles();
    }

    /** Frees everything; closes host resources that the guest still owned. Idempotent. */
    @Override
    public void close() {
        root.close();
    }
}
