package dev.virga.plugin.testkit;

import dev.virga.engine.Limiter;
import java.util.concurrent.atomic.AtomicLong;

/** Allows 256 MiB and finds out who forgets to give back. */
final class ChargedLimiter implements Limiter {

    private static final long MOST = 256L << 20;

    private final AtomicLong held = new AtomicLong();

    @Override
    public boolean reserve(long bytes) {
        if (held.addAndGet(bytes) <= MOST) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    @Override
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    void checkAllReleased() {
        if (held.get() != 0) {
            throw new AssertionError(held.get() + " bytes that the instance or workload was charged for were not released");
        }
    }
}
