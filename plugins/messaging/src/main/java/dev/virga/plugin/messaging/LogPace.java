package dev.virga.plugin.messaging;

import java.time.Duration;
import java.util.OptionalLong;

/** Lets some lines through at once and then one a second: guests decide how often there is something to say. */
final class LogPace {

    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();
    private static final int AT_ONCE = 20;

    private long next = System.nanoTime();
    private long leftOut;

    /** How many lines were left out before this one; empty if this one is left out too. */
    synchronized OptionalLong line() {
        long now = System.nanoTime();
        next = next - now < 0 ? now : next;
        if (next - now >= AT_ONCE * BETWEEN) {
            leftOut++;
            return OptionalLong.empty();
        }
        next += BETWEEN;
        long before = leftOut;
        leftOut = 0;
        return OptionalLong.of(before);
    }
}
