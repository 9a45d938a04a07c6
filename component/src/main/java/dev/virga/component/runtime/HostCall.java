package dev.virga.component.runtime;

import java.util.Optional;

/**
 * A call of an asynchronous function of the host. It runs on a virtual thread of its own and may
 * block; what it returns reaches the guest when its turn comes.
 */
final class HostCall implements Cancellation {

    private static final Object[] NOTHING = {};

    private final LowerContext context;
    private final HostFunction function;
    private final Subtask subtask;
    private Optional<Thread> thread = Optional.empty();
    private boolean cancelled;

    HostCall(LowerContext context, HostFunction function, Subtask subtask) {
        this.context = context;
        this.function = function;
        this.subtask = subtask;
    }

    /** @param mayWait whether others may run meanwhile; else this thread does what is to be done */
    void begin(boolean mayWait) {
        Object[] arguments = subtask.start();
        Object implementation = context.implementation();
        if (mayWait) {
            subtask.cancelledBy(this);
            thread = Optional.of(context.root.loop().begin(() -> run(implementation, arguments)));
        } else {
            subtask.returned(invoke(implementation, arguments));
        }
    }

    private void run(Object implementation, Object[] arguments) {
        EventLoop loop = context.root.loop();
        try {
            Object[] result = invoke(implementation, arguments);
            loop.post(() -> subtask.returned(result));
        } catch (Throwable e) {
            loop.post(() -> failed(e));
        }
    }

    private Object[] invoke(Object implementation, Object[] arguments) {
        Object result = function.call(implementation, arguments);
        return function.type().result().isPresent() ? new Object[] {result} : NOTHING;
    }

    /** An exception is the answer to an interruption, else a fault. */
    private void failed(Throwable failure) {
        if (!cancelled) {
            throw Calls.<RuntimeException>sneak(failure);
        }
        subtask.cancelled();
    }

    @Override
    public void request(Optional<GuestInstance> caller) {
        cancelled = true;
        thread.ifPresent(Thread::interrupt);
    }
}
