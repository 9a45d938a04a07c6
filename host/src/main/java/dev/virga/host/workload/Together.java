package dev.virga.host.workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
     * @throws InterruptedException if the caller is interrupted, when all have ended; they are interrupted too
     * @throws RuntimeException or Error of the first that failed, when all have ended
     */
    public static <T> void forEach(Collection<T> all, Task<T> task) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (T each : all) {
            threads.add(Thread.ofVirtual().start(() -> run(each, task, failure)));
        }
        Optional<InterruptedException> interrupted = join(threads);
        if (interrupted.isPresent()) {
            throw interrupted.get();
        }
        switch (failure.get()) {
            case null -> {}
            case Error e -> throw e;
            case Throwable e -> throw (RuntimeException) e;
        }
    }

    /** Passes interrupts on, and waits all the same: nothing of the caller's may be in use when it goes on. */
    private static Optional<InterruptedException> join(List<Thread> threads) {
        Optional<InterruptedException> interrupted = Optional.empty();
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = Optional.of(e);
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        return interrupted;
    }

    private static <T> void run(T each, Task<T> task, AtomicReference<Throwable> failure) {
        try {
            task.on(each);
        } catch (InterruptedException e) {
            // as the caller is
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }
}
