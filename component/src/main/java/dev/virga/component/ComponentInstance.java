package dev.virga.component;

import dev.virga.component.runtime.Item;
import dev.virga.component.runtime.Root;

/**
 * An instance of a component, with all that it allocated.
 *
 * <p>If none of its functions is asynchronous, it is used by one thread at a time. Otherwise several
 * threads may call it: they take turns, and one that waits for the result of its call, or for a guest's
 * stream or future, runs the instance's tasks meanwhile. Nothing runs while nobody waits. A thread that is
 * interrupted while it waits has its call cancelled; unless the guest finishes it nevertheless, the
 * call ends with a {@link java.util.concurrent.CancellationException}.
 */
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

    /**
     * Runs tasks that go on after their calls have returned, until none is left.
     *
     * @throws dev.virga.engine.Trap if a task traps, or waits for what cannot happen any more
     */
    public void runTasks() {
        root.runTasks();
    }

    /** How many handles its components hold at present, running tasks included. */
    public int handles() {
        return root.handles();
    }

    /** Frees everything; closes host resources that the guest still owned. Idempotent. */
    @Override
    public void close() {
        root.close();
    }
}
