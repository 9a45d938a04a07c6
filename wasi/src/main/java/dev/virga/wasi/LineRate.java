package dev.virga.wasi;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How much a workload may write to its log: so many bytes a second, and a burst at once. Lines beyond that are
 * left out and counted.
 */
public final class LineRate {

    /** What a line costs however short it is: empty lines flood a log too. */
    private static final int LINE = 64;

    private static final long SECOND = 1_000_000_000L;

    private final double perNano;
    private final long burst;
    private final LongSupplier clock;
    private double left;
    private long filled;
    private long dropped;
    private long told;

    /**
     * @param bytesPerSecond of UTF-8, with 64 for each line
     * @param burst in bytes; a line that is longer never passes
     * @param nanoClock for example {@code System::nanoTime}
     */
    public LineRate(long bytesPerSecond, long burst, LongSupplier nanoClock) {
        this.perNano = bytesPerSecond / (double) SECOND;
        this.burst = burst;
        this.clock = nanoClock;
        this.left = burst;
        this.filled = nanoClock.getAsLong();
        this.told = filled - SECOND;
    }

    /** Whether a line of so many bytes may be written now. */
    public synchronized boolean admits(int bytes) {
        long now = clock.getAsLong();
        left = Math.min(burst, left + (now - filled) * perNano);
        filled = now;
        long cost = (long) bytes + LINE;
        if (cost > left) {
            dropped++;
            return false;
        }
        left -= cost;
        return true;
    }

    /** How many lines were left out since this was answered last, to be said in one line: at most once a second. */
    public synchronized OptionalLong leftOut() {
        long now = clock.getAsLong();
        if (dropped == 0 || now - told < SECOND) {
            return OptionalLong.empty();
        }
        long count = dropped;
        dropped = 0;
        told = now;
        return OptionalLong.of(count);
    }
}
