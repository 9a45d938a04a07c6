package dev.virga.wasi.io;

import dev.virga.engine.Trap;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that waits for any of several signals. A bare {@code unpark} would not do: looking at
 * the state may park for a lock in between and swallow it.
 */
final class Waiter {

    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;

    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** To be called before the state is looked at. */
    void reset() {
        woken = false;
    }

    /** Parks until woken, but not much longer than this many nanoseconds. */
    void await(long nanos) {
        long start = System.nanoTime();
        while (!woken) {
            if (Thread.interrupted()) {
                throw new Trap(Trap.Kind.INTERRUPTED);
            }
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, left);
            }
        }
    }
}
