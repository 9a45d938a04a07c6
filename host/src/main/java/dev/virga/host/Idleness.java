package dev.virga.host;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How long nobody has called. */
final class Idleness {

    private final AtomicInteger inUse = new AtomicInteger();
    private volatile long lastUse = System.nanoTime();

    void beginUse() {
        inUse.incrementAndGet();
    }

    void endUse() {
        lastUse = System.nanoTime();
        inUse.decrementAndGet();
    }

    /** Nanoseconds until it will have lasted so long, if nobody calls in between; 0 or less if it has. */
    long until(Duration time) {
        return inUse.get() > 0 ? time.toNanos() : lastUse + time.toNanos() - System.nanoTime();
    }
}
