package dev.virga.engine.nativecode;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
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
    private static final Map<Object, Workload> WORKLOADS = new HashMap<>();
    /** The time of the workload that was served last: a new one starts from here, not from zero. */
    private static double now;

    static {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofPlatform().daemon().name("virga-compute-" + i).start(Scheduler::work);
        }
    }

    private Scheduler() {}

    /** The guests of one account that compute, and the time that they had, divided by their share. */
    private static final class Workload {
        private final Object account;
        private final Queue<Job> ready = new ArrayDeque<>();
        private int jobs;
        private double time;

        Workload(Object account) {
            this.account = account;
            this.time = now;
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
        Run run = new Run(fiber, store);
        submit(run);
        return run.code();
    }

    /** Waits until a guest may go on that keeps its carrier busy in host functions. */
    static Turn turn(NativeStore store) {
        Turn turn = new Turn(store);
        submit(turn);
        return turn;
    }

    private static void submit(Job job) {
        LOCK.lock();
        try {
            Workload workload = WORKLOADS.computeIfAbsent(job.store().limiter().account(), Workload::new);
            workload.jobs++;
            workload.ready.add(job);
            READY.signal();
        } finally {
            LOCK.unlock();
        }
        job.await();
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
            double used = job.slice() / job.store().limiter().share();
            boolean over = job.isOver();
            LOCK.lock();
            try {
                workload.time += used;
                if (!over) {
                    workload.ready.add(job);
                } else if (--workload.jobs == 0) {
                    WORKLOADS.remove(workload.account);
                }
            } finally {
                LOCK.unlock();
            }
            if (over && !job.isDone()) {
                job.done();
            }
        }
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
