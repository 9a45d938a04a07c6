package dev.virga.component.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes threads that wait for a change; who has seen the count before the change does not miss it. */
final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger waiters = new AtomicInteger();

    int count() {
        return count.get();
    }

    /** @return the count, this change included */
    int raise() {
        int raised = count.incrementAndGet();
        if (waiters.get() > 0) {
            lock.lock();
            try {
                wake.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return raised;
    }

    /** Waits until the count differs or it is time to give up; true if the thread was interrupted. */
    boolean await(int seen, Deadline deadline) {
        lock.lock();
        waiters.incrementAndGet();
        try {
            while (count.get() == seen && !deadline.passed()) {
                deadline.await(wake);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        } finally {
            waiters.decrementAndGet();
            lock.unlock();
        }
    }
}
