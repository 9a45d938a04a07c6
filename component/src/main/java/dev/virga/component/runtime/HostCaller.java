package dev.virga.component.runtime;

import java.util.concurrent.CancellationException;

/** The host's side of a call of an asynchronous function. */
final class HostCaller implements Call {

    /** The calling thread was interrupted, and the guest gave up: nothing is wrong with the instance. */
    static final class Cancelled extends CancellationException {
        private static final long serialVersionUID = 1L;

        private final transient Root root;
        private final transient Thread caller = Thread.currentThread();

        Cancelled(Root root) {
            super("the call was cancelled, for the calling thread was interrupted");
            this.root = root;
        }

        /** Whether it is the answer to this very call, and has not come through other guests or threads. */
        boolean endsCallOf(Root called) {
            return root == called && caller == Thread.currentThread();
        }
    }

    private final Root root;
    private final Object[] arguments;
    private boolean resolved;
    private boolean cancelled;
    private Object result;

    HostCaller(Root root, Object[] arguments) {
        this.root = root;
        this.arguments = arguments;
    }

    @Override
    public Object[] start() {
        return arguments;
    }

    @Override
    public void returned(Object[] values) {
        root.landed();
        result = values.length == 0 ? null : values[0];
        resolved = true;
    }

    @Override
    public void cancelled() {
        cancelled = true;
        resolved = true;
    }

    boolean isResolved() {
        return resolved;
    }

    /** What the function returned; null where it has no result. */
    Object result() {
        if (cancelled) {
            throw new Cancelled(root);
        }
        return result;
    }
}
