package dev.virga.engine.nativecode;

import dev.virga.engine.Account;
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
    /** Longer than anybody's: whoever wakes comes before a guest that computes. */
    private static final long SLICE_NANOS = 100_000_000;

    /**
     * So many guests at a time may keep a carrier busy in host functions: one carrier at least is for those that
     * answer, since a carrier goes on with the guests that it finds in the queue it looked at last.
     */
    private static final int MOST_TURNS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition READY = LOCK.newCondition();
    private static final Map<Account, Workload> WORKLOADS = new HashMap<>();
    /** The time of the workload that was served last: a new one starts from here, not from zero. */
    private static double now;
    /** How many guests have their turn. */
    private static int turns;

    static {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofPlatform().daemon().name("virga-compute-" + i).start(Scheduler::work);
        }
    }

    private Scheduler() {}

    /** The guests of one account that compute, and the time that they had, divided by their share. */
    private static final class Workload {
        private final Account account;
        private final Queue<Job> ready = new ArrayDeque<>();
        private final Queue<Job> readyForTurn = new ArrayDeque<>();
        private int jobs;
        private double time;

        Workload(Account account) {
            this.account = account;
            this.time = now;
        }

        void add(Job job) {
            (job instanceof Turn ? readyForTurn : ready).add(job);
        }

        boolean mayTakeTurn() {
            return turns < MOST_TURNS && !readyForTurn.isEmpty();
        }

        boolean isReady() {
            return mayTakeTurn() || !ready.isEmpty();
        }

        Job take() {
            if (mayTakeTurn()) {
                turns++;
                return readyForTurn.remove();
            }
            return ready.remove();
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
            Workload workload = WORKLOADS.computeIfAbsent(job.store().account(), Workload::new);
            workload.jobs++;
            workload.add(job);
            READY.signal();
        } finally {
            LOCK.unlock();
        }
        job.await();
    }

    private static void work() {
        Libc.niceThisThread(NICE);
        Libc.sliceThisThread(SLICE_NANOS);
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
                job = workload.take();
                now = Math.max(now, workload.time);
            } finally {
                LOCK.unlock();
            }
            double used = job.slice() / job.store().limiter().share();
            boolean over = job.isOver();
            LOCK.lock();
            try {
                workload.time += used;
                if (job instanceof Turn) {
                    turns--;
                    READY.signal();
                }
                if (!over) {
                    workload.add(job);
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
            if (workload.isReady() && (next == null || workload.time < next.time)) {
                next = workload;
            }
        }
        return next;
    }
}
