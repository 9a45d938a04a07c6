package dev.virga.wasi.clocks;

import dev.virga.wasi.io.Pollable;

/** Ready from a point in time on. */
final class Deadline extends Pollable {

    private final MonotonicClock clock;
    private final long when;

    /** @param when an instant of the clock, unsigned */
    Deadline(MonotonicClock clock, long when) {
        super(() -> Long.compareUnsigned(clock.now(), when) >= 0);
        this.clock = clock;
        this.when = when;
    }

    @Override
    protected long nanosLeft() {
        long left = when - clock.now();
        // One that lies beyond what a long holds is centuries away: never.
        return when < 0 ? Long.MAX_VALUE : Math.max(left, 0);
    }
}
