package dev.virga.engine.nativecode;

/** A guest that used up its tick in its own code goes on until it leaves for another reason. */
final class Run extends Job {

    private final Fiber fiber;
    private int code;
    private Throwable failure;

    Run(Fiber fiber, NativeStore store) {
        super(store);
        this.fiber = fiber;
    }

    /** A limiter's failure is the guest's. */
    @Override
    long slice() {
        try {
            long before = ThreadTime.nanos(fiber);
            code = Switch.resume(fiber.context());
            long nanos = ThreadTime.nanos(fiber) - before;
            store().charge(nanos);
            fiber.sample(store().account());
            return nanos;
        } catch (Throwable t) {
            failure = t;
            return 0;
        }
    }

    @Override
    boolean isOver() {
        return code != Switch.TICK || failure != null || isStopped() || fiber.overflowed();
    }

    /** The code with which it left. */
    int code() {
        if (failure != null) {
            throw Libc.unexpected(failure);
        }
        return code;
    }
}
