package dev.virga.wasi.clocks;

import dev.virga.wasi.io.Pollable;

/** {@code wasi:clocks/monotonic-clock}: nanoseconds since the clock was made. */
public final class MonotonicClock {

    private final long origin = System.nanoTime();

    public long now() {
        return System.nanoTime() - origin;
    }

    public long resolution() {
        return 1;
    }

    public Pollable subscribeInstant(long when) {
        return new Deadline(this, when);
    }

    /** A duration that ends later than the clock can tell never ends. */
    public Pollable subscribeDuration(long duration) {
        long now = now();
        long when = now + duration;
        return new Deadline(this, Long.compareUnsigned(when, now) < 0 ? -1 : when);
    }
}
