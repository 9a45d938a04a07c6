package dev.virga.plugin.redis;

import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The connections of one namespace: nothing that goes over one is seen by another, nor does one wait for another. */
final class Pool implements AutoCloseable {

    private static final long IDLE = TimeUnit.MINUTES.toNanos(1);

    private record Idle(Line line, long since) {}

    private final RedisSettings settings;
    private final Semaphore free;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean closed;

    Pool(RedisSettings settings) {
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
            long now = System.nanoTime();
            synchronized (this) {
                if (usable && !closed) {
                    idle.push(new Idle(line, now));
                } else {
                    line.close();
                }
                if (!idle.isEmpty() && now - idle.peekLast().since() > IDLE) {
                    idle.removeLast().line().close();
                }
            }
        } finally {
            free.release();
        }
    }

    /** Redis was away: connections from before are of no use. */
    synchronized void clear() {
        idle.forEach(each -> each.line().close());
        idle.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
        clear();
    }
}
