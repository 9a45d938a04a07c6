package dev.virga.component.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** When to give up. */
record Deadline(long nanoTime, boolean never) {

    static final Deadline NEVER = new Deadline(0, true);

    static Deadline in(long nanos) {
        return new Deadline(System.nanoTime() + nanos, false);
    }

    /** Waits for a signal, but not beyond it. */
    void await(Condition condition) throws InterruptedException {
        if (never) {
            condition.await();
        } else {
            condition.awaitNanos(nanoTime - System.nanoTime());
        }
    }

    boolean passed() {
        return !never && System.nanoTime() - nanoTime >= 0;
    }

    /** Gets the lock by then; false if it is too late, or if the thread was interrupted, which it stays. */
    boolean lock(Lock lock) {
        if (lock.tryLock()) {
            return true;
        }
        try {
            if (never) {
                lock.lockInterruptibly();
                return true;
            }
            return lock.tryLock(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
