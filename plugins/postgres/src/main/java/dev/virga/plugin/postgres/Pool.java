package dev.virga.plugin.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of one workload's entry, so that nothing of one is seen by another. Opened when they are needed,
 * closed when they are not used for a while.
 */
final class Pool implements AutoCloseable {

    /** One that was used just now is not asked whether it still answers. */
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Connector connector;
    private final PostgresLimits limits;
    private final Semaphore free;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    /** The one that was used last comes first. */
    private final Deque<Session> idle = new ArrayDeque<>();
    private boolean closerRuns;
    private boolean closed;

    Pool(Connector connector, PostgresLimits limits) {
        this.connector = connector;
        this.limits = limits;
        this.free = new Semaphore(limits.connections(), true);
    }

    /** Waits until the workload may use one more connection; {@link #leave} is called when that is over. */
    void enter() throws InterruptedException {
        if (!free.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new QueryFailure.Unexpected("53300: all " + limits.connections() + " connections of the workload are "
                    + "in use, and none was free within " + limits.patience().toMillis() + " ms");
        }
    }

    void leave() {
        free.release();
    }

    /** @throws QueryFailure if a new one is needed and cannot be opened */
    Session take() {
        while (true) {
            Session session;
            lock.lock();
            try {
                if (closed) {
                    throw new QueryFailure.Unexpected("57P01: the workload stops");
                }
                session = idle.pollFirst();
            } finally {
                lock.unlock();
            }
            if (session == null) {
                return connector.open();
            }
            if (session.unusedFor() < FRESH || session.answers()) {
                return session;
            }
            session.stop();
        }
    }

    /** Takes back one that has been reset. */
    void giveBack(Session session) {
        lock.lock();
        try {
            if (!closed) {
                idle.addFirst(session);
                if (!closerRuns) {
                    closerRuns = true;
                    Thread.ofVirtual().name("postgres idle").start(this::closeIdle);
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        session.close();
    }

    /** Runs while there are idle ones, and sleeps until the oldest has been that for long enough. */
    private void closeIdle() {
        while (true) {
            List<Session> old = new ArrayList<>();
            lock.lock();
            try {
                long left = 0;
                while (!idle.isEmpty() && (left = limits.idle().toNanos() - idle.peekLast().unusedFor()) <= 0) {
                    old.add(idle.pollLast());
                }
                if (idle.isEmpty() && old.isEmpty()) {
                    closerRuns = false;
                    return;
                }
                if (old.isEmpty()) {
                    ended.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            } finally {
                lock.unlock();
            }
            old.forEach(Session::close);
        }
    }

    /** Connections in use are closed when they are given back. */
    @Override
    public void close() {
        List<Session> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(idle);
            idle.clear();
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(Session::close);
    }
}
