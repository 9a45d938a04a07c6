package dev.virga.engine.nativecode;

import dev.virga.engine.Limiter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs guests that compute for long on threads of its own, one for each processor, so that the
 * carriers of virtual threads stay free for guests that answer. Each guest runs for a tick at a
 * time. Whose turn it is is decided among workloads: the one that had least time for its share.
 */
final class Scheduler {

    /** Behind the carriers where both want a processor. */
    private static final int NICE = 5;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition READY = LOCK.newCondition();
    private static final Map<Limiter, Workload> WORKLOADS = new HashMap<>();
    /** The time of the workload that was served last: a new one starts from here, not from zero. */
    private static double now;

    static {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofPlatform().daemon().name("virga-compute-" + i).start(Scheduler::work);
        }
    }

    private Scheduler() {}

    /** The guests of one limiter that compute, and the time that they had, divided by their share. */
    private static final class Workload {
        private final Limiter limiter;
        private final Queue<Job> ready = new ArrayDeque<>();
        private int jobs;
        private double time;

        Workload(Limiter limiter) {
            this.limiter = limiter;
            this.time = now;
        }
    }

    private static final class Job {
        private final Fiber fiber;
        private final NativeStore store;
        private final Thread owner = Thread.currentThread();
        private volatile boolean cancelled;
        private volatile boolean done;
        private int code;
        private Throwable failure;

        Job(Fiber fiber, NativeStore store) {
            this.fiber = fiber;
            this.store = store;
        }
    }

    /**
     * Goes on with a guest that used up its tick until it leaves for another reason. The calling
     * thread waits.
     *
     * @return the code with which it left; {@link Switch#TICK} if its stack is used up, its store
     *     interrupted or this thread
     */
    static int run(Fiber fiber, NativeStore store) {
        Job job = new Job(fiber, store);
        LOCK.lock();
        try {
            Workload workload = WORKLOADS.computeIfAbsent(store.limiter(), Workload::new);
            workload.jobs++;
            workload.ready.add(job);
            READY.signal();
        } finally {
            LOCK.unlock();
        }
        boolean interrupted = false;
        while (!job.done) {
            LockSupport.park(job);
            if (Thread.interrupted()) {
                interrupted = true;
                job.cancelled = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (job.failure != null) {
            throw Libc.unexpected(job.failure);
        }
        return job.code;
    }

    private static void work() {
        Libc.niceThisThread(NICE);
        while (true) {
            Workload workload;
            Job job;
            LOCK.lock();
            try {
                workload = next();
                while (workload == null) {
                    READY.awaitUninterruptibly();
                    workload = next();
                }
                job = workload.ready.remove();
                now = Math.max(now, workload.time);
            } finally {
                LOCK.unlock();
            }
            long nanos = slice(job);
            boolean stopped = job.code != Switch.TICK || job.failure != null || job.cancelled
                    || job.store.isInterrupted() || job.fiber.overflowed();
            LOCK.lock();
            try {
                workload.time += nanos / workload.limiter.share();
                if (!stopped) {
                    workload.ready.add(job);
                } else if (--workload.jobs == 0) {
                    WORKLOADS.remove(workload.limiter);
                }
            } finally {
                LOCK.unlock();
            }
            if (stopped) {
                job.done = true;
                LockSupport.unpark(job.owner);
            }
        }
    }

    /** Lets the guest run for a tick; the time that it took. */
    private static long slice(Job job) {
        long before = ThreadTime.nanos();
        try {
            job.code = Switch.resume(job.fiber.context());
        } catch (Throwable t) {
            job.failure = t;
        }
        long nanos = ThreadTime.nanos() - before;
        job.store.charge(nanos);
        return nanos;
    }

    private static Workload next() {
        Workload next = null;
        for (Workload workload : WORKLOADS.values()) {
            if (!workload.ready.isEmpty() && (next == null || workload.time < next.time)) {
                next = workload;
            }
        }
        return next;
    }
}
