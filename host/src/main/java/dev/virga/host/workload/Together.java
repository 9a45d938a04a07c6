package dev.virga.host.workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Ends several things at the same time, so that the times which they take do not add up. */
public final class Together {

    private Together() {}

    /** Ends one of them. */
    @FunctionalInterface
    public interface Task<T> {
        void on(T each) throws InterruptedException;
    }

    /**
     * Returns when all have ended.
     *
     * @throws InterruptedException if the caller is interrupted; those that have not ended are then too
     * @throws RuntimeException of the first that failed, when all have ended
     */
    public static <T> void forEach(Collection<T> all, Task<T> task) throws InterruptedException {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (T each : all) {
            threads.add(Thread.ofVirtual().start(() -> run(each, task, failure)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static <T> void run(T each, Task<T> task, AtomicReference<RuntimeException> failure) {
        try {
            task.on(each);
        } catch (InterruptedException e) {
            // as the caller is
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }
}
