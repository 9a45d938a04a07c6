package dev.virga.plugin.postgres;

import dev.virga.engine.Limiter;
import java.util.concurrent.atomic.AtomicLong;

/** What one call makes the host hold, charged to the instance until it is closed. Used by several threads. */
final class Charge implements AutoCloseable {

    private final Limiter limiter;
    private final AtomicLong held = new AtomicLong();

    Charge(Limiter limiter) {
        this.limiter = limiter;
    }

    /** @throws QueryFailure.TooMuch if the instance may not hold so much more */
    void add(long bytes) {
        if (!limiter.reserve(bytes)) {
            throw new QueryFailure.TooMuch("the workload's memory limit is reached");
        }
        held.addAndGet(bytes);
    }

    @Override
    public void close() {
        limiter.release(held.getAndSet(0));
    }
}
