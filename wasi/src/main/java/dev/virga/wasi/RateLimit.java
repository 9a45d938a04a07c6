package dev.virga.wasi;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * So many of something a second, and a burst at once after a rest; counts what was left out. Takes no lock: it is one
 * number, the time at which the whole burst would be there again.
 */
public final class RateLimit {

    private static final double SECOND = 1e9;

    private final double interval;
    private final long capacity;
    private final LongSupplier clock;
    private final AtomicLong fullAt;
    private final LongAdder leftOut = new LongAdder();

    /**
     * @param perSecond more than 0
     * @param burst at least 1; more at once never pass
     * @param nanoClock for example {@code System::nanoTime}
     */
    public RateLimit(double perSecond, double burst, LongSupplier nanoClock) {
        this.interval = SECOND / perSecond;
        this.capacity = nanos(burst);
        this.clock = nanoClock;
        this.fullAt = new AtomicLong(nanoClock.getAsLong());
    }

    /** What so many take, as far as a clock counts. */
    private long nanos(double amount) {
        return Math.max(1, (long) Math.min(interval * amount, Long.MAX_VALUE / 4.0));
    }

    /** Whether one more may be now. */
    public boolean admits() {
        return admits(1);
    }

    /** Whether so many more may be now, all or none. */
    public boolean admits(long amount) {
        return take(amount) == 0;
    }

    /** Takes so many: 0, or the nanoseconds until there are as many, if nobody takes any before. */
    public long take(long amount) {
        long now = clock.getAsLong();
        long cost = nanos(amount);
        while (true) {
            long full = fullAt.get();
            long after = (full - now < 0 ? now : full) + cost;
            long tooMuch = after - now - capacity;
            if (tooMuch > 0) {
                leftOut.increment();
                return tooMuch;
            }
            if (fullAt.compareAndSet(full, after)) {
                return 0;
            }
        }
    }

    public boolean hasLeftOut() {
        return leftOut.sum() > 0;
    }

    /** How often the answer was no since this was asked last. */
    public long takeLeftOut() {
        return leftOut.sumThenReset();
    }
}
