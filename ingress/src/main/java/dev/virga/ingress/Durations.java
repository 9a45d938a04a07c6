package dev.virga.ingress;

import java.time.Duration;

/** Times that are given from outside: never negative, never beyond what clocks can count. */
final class Durations {

    private static final Duration MAX = Duration.ofDays(365);

    private Durations() {}

    /** @throws IllegalArgumentException unless it is longer than nothing and at most a year */
    static Duration positive(String name, Duration time) {
        if (!time.isPositive() || time.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " is longer than 0 and at most 365 days, not " + time);
        }
        return time;
    }

    static long nanos(Duration time) {
        return time.compareTo(MAX) > 0 ? MAX.toNanos() : Math.max(0, time.toNanos());
    }
}
