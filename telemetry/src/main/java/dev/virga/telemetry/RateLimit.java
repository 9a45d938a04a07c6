package dev.virga.telemetry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** So many of something a second, and a second's worth at once; counts what was left out. Takes no lock. */
final class RateLimit {

    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final LongSupplier clock;
    /** When the next one would be due if they came evenly; a second ahead of the clock is as far as it goes. */
    private final AtomicLong due;
    private final LongAdder leftOut = new LongAdder();

    RateLimit(int perSecond, LongSupplier nanoClock) {
        this.interval = Math.max(1, SECOND / Math.max(1, perSecond));
        this.clock = nanoClock;
        this.due = new AtomicLong(nanoClock.getAsLong());
    }

    boolean admits() {
        return admits(1);
    }

    /** Whether so many more may be at once; more than a second's worth counts as that. */
    boolean admits(long amount) {
        long now = clock.getAsLong();
        long cost = amount > SECOND / interval ? SECOND : amount * interval;
        long before;
        long next;
        do {
            before = due.get();
            next = (before - now < 0 ? now : before) + cost;
            if (next - now > SECOND) {
                leftOut.increment();
                return false;
            }
        } while (!due.compareAndSet(before, next));
        return true;
    }

    /** How many were left out since this was asked last. */
    long takeLeftOut() {
        return leftOut.sumThenReset();
    }
}
