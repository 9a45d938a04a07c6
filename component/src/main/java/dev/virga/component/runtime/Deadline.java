package dev.virga.component.runtime;

import java.util.concurrent.locks.Condition;

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
}
