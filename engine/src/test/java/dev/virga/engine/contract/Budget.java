package dev.virga.engine.contract;

import dev.virga.engine.Limiter;

/** Allows so many bytes, and knows how many are held. */
public final class Budget implements Limiter {

    private final long limit;
    private long held;

    public Budget(long limit) {
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }

    public synchronized long held() {
        return held;
    }

    @Override
    public synchronized boolean reserve(long bytes) {
        if (bytes > limit - held) {
            return false;
        }
        held += bytes;
        return true;
    }

    @Override
    public synchronized void release(long bytes) {
        held -= bytes;
    }
}
