package dev.virga.cli;

import dev.virga.engine.Limiter;
import java.util.concurrent.atomic.AtomicLong;

/** Lets a guest hold memory up to a limit, and remembers whether it asked for more. */
public final class MemoryLimit implements Limiter {

    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private volatile boolean refused;

    /** @param limit in bytes */
    public MemoryLimit(long limit) {
        this.limit = limit;
    }

    @Override
    public boolean reserve(long bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        refused = true;
        return false;
    }

    @Override
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Whether the guest was refused memory at any time. */
    public boolean refused() {
        return refused;
    }
}
