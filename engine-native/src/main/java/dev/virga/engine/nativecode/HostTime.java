package dev.virga.engine.nativecode;

/**
 * Notices that a guest computes in host functions, tick by tick: by the processor time of its carrier, which says
 * something about the guest only as long as it neither parked nor moved to another one.
 */
final class HostTime {

    private static final long UNKNOWN = -1;

    private int tick;
    private long time;

    /** What was before is not the host's. */
    void begin() {
        tick = Ticker.count();
        time = UNKNOWN;
    }

    /** As {@link #begin}, at the first tick. */
    void restart(Fiber fiber) {
        tick = Ticker.count();
        time = ThreadTime.nanos(fiber);
    }

    /** Whether there was a tick since this was asked or begun. */
    boolean isDue() {
        return tick != Ticker.count();
    }

    /** Nanoseconds that the host has computed for the guest since the last tick that met it there; 0 if mostly it waited. */
    long sinceLast(Fiber fiber) {
        int ticks = Ticker.count() - tick;
        tick += ticks;
        long before = time;
        time = ThreadTime.nanos(fiber);
        long passed = time - before;
        long most = (ticks + 1) * Ticker.TICK_NANOS;
        boolean busy = before != UNKNOWN && passed >= most / 4 && passed <= most;
        return busy ? passed : 0;
    }
}
