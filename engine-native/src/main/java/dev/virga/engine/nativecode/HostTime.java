package dev.virga.engine.nativecode;

/**
 * Notices that a guest computes in host functions, tick by tick: by the processor time of its carrier, which says
 * something about the guest only as long as it neither parked nor moved to another one.
 */
final class HostTime {

    private static final long UNKNOWN = -1;

    private int tick;
    /** The carrier's processor time and the clock, when a tick last met the guest in the host. */
    private long time;

    private long clock;

    /** What was before is not the host's. */
    void begin() {
        tick = Ticker.count();
        time = UNKNOWN;
    }

    /** As {@link #begin}, at a tick. */
    void restart(Fiber fiber) {
        tick = Ticker.count();
        time = ThreadTime.nanos(fiber);
        clock = System.nanoTime();
    }

    /** Whether there was a tick since this was asked or begun. */
    boolean isDue() {
        return tick != Ticker.count();
    }

    /** Nanoseconds that the host has computed for the guest since the last tick that met it there; 0 if mostly it waited. */
    long sinceLast(Fiber fiber) {
        long timeBefore = time;
        long clockBefore = clock;
        restart(fiber);
        long passed = time - timeBefore;
        boolean plausible = timeBefore != UNKNOWN && passed <= clock - clockBefore + Ticker.TICK_NANOS;
        return plausible && passed >= Ticker.TICK_NANOS / 2 ? passed : 0;
    }
}
