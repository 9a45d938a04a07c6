package dev.virga.engine.nativecode;

import java.util.concurrent.locks.LockSupport;

/** What a guest waits for that the {@link Scheduler} has taken over from its thread. */
abstract class Job {

    private final NativeStore store;
    private final Thread owner = Thread.currentThread();
    private volatile boolean cancelled;
    private volatile boolean done;
    private volatile long resumed;

    Job(NativeStore store) {
        this.store = store;
    }

    final NativeStore store() {
        return store;
    }

    /** Lets the guest compute for a tick or so. Called by a thread of the scheduler; the nanoseconds that it took. */
    abstract long slice();

    /** Whether that was the last slice. */
    abstract boolean isOver();

    final boolean isStopped() {
        return cancelled || store.isInterrupted();
    }

    final boolean isDone() {
        return done;
    }

    /** Whether the guest's thread waits for nothing but a processor. */
    final boolean isRunnable() {
        return owner.getState() == Thread.State.RUNNABLE;
    }

    /** Nanoseconds since the guest's thread has gone on; 0 as long as it waits for a carrier. */
    final long sinceResumed() {
        long since = resumed;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** The guest's thread goes on. */
    final void done() {
        done = true;
        LockSupport.unpark(owner);
    }

    /** Waits as the guest's thread until the job is done. An interrupt of it cancels the job. */
    final void await() {
        boolean interrupted = false;
        while (!done) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                cancelled = true;
            }
        }
        resumed = System.nanoTime();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
