package dev.virga.wasi;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much a workload may write to its log: so many bytes a second, and a burst at once. Lines beyond that are
 * left out and counted.
 */
public final class LineRate {

    /** What a line costs however short it is: empty lines flood a log too. */
    private static final int LINE = 64;

    private static final long SECOND = 1_000_000_000L;

    private final RateLimit limit;
    private final LongSupplier clock;
    private final AtomicLong tellAt;

    /**
     * @param bytesPerSecond of UTF-8, with 64 for each line
     * @param burst in bytes; a line that is longer never passes
     * @param nanoClock for example {@code System::nanoTime}
     */
    public LineRate(long bytesPerSecond, long burst, LongSupplier nanoClock) {
        this.limit = new RateLimit(bytesPerSecond, burst, nanoClock);
        this.clock = nanoClock;
        this.tellAt = new AtomicLong(nanoClock.getAsLong());
    }

    /** Whether a line of so many bytes may be written now. */
    public boolean admits(int bytes) {
        return limit.admits((long) bytes + LINE);
    }

    /** How many lines were left out since this was answered last, to be said in one line: at most once a second. */
    public OptionalLong leftOut() {
        long now = clock.getAsLong();
        long due = tellAt.get();
        if (now - due < 0 || !limit.hasLeftOut() || !tellAt.compareAndSet(due, now + SECOND)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(limit.takeLeftOut());
    }
}
