package dev.virga.plugin.redis;

import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The connections of one namespace: nothing that goes over one is seen by another, nor does one wait for another. */
final class Pool implements AutoCloseable {

    private record Idle(Line line, long since) {}

    private final RedisSettings settings;
    private final long most;
    private final Semaphore free;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean closed;
    /** Ends connections that stay unused; there is one only while there are such connections. */
    private Optional<Thread> closer = Optional.empty();

    /** @param most that a connection is kept without use */
    Pool(RedisSettings settings, Duration most) {
        this.most = most.toNanos();
        this.settings = settings;
        this.free = new Semaphore(settings.pool(), true);
    }

    /** Has to be given back. */
    Line take(long deadline) throws InterruptedException {
        if (!free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new KeyValueException(Reason.TIMEOUT, "all " + settings.pool()
                    + " connections to Redis are in use; do less at a time, or raise the backend's pool");
        }
        try {
            synchronized (this) {
                if (closed) {
                    throw new KeyValueException(Reason.UNAVAILABLE, "the host is stopping");
                }
                if (!idle.isEmpty()) {
                    return idle.pop().line();
                }
            }
            return new Line(settings, deadline);
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    void giveBack(Line line, boolean usable) {
        try {
            synchronized (this) {
                if (usable && !closed) {
                    idle.push(new Idle(line, System.nanoTime()));
                    closer = closer.or(() -> Optional.of(Thread.ofVirtual().name("redis-idle").start(this::closeIdle)));
                } else {
                    line.close();
                }
            }
        } finally {
            free.release();
        }
    }

    private synchronized void closeIdle() {
        try {
            while (!idle.isEmpty()) {
                long left = idle.peekLast().since() + most - System.nanoTime();
                if (left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } else {
                    idle.removeLast().line().close();
                }
            }
        } catch (InterruptedException e) {
            // nobody does
        } finally {
            closer = Optional.empty();
        }
    }

    /** Redis was away: connections from before are of no use. */
    synchronized void clear() {
        idle.forEach(each -> each.line().close());
        idle.clear();
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        clear();
    }
}
