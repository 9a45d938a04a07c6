package dev.virga.host;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long what is under way may go on: the same time for each thing that stops by itself, and what is left of one such
 * time for all once the host stops.
 */
final class Grace {

    private final Duration time;
    private volatile OptionalLong end = OptionalLong.empty();

    Grace(Duration time) {
        this.time = time;
    }

    /** The host stops. */
    synchronized void begin() {
        if (end.isEmpty()) {
            end = OptionalLong.of(System.nanoTime() + time.toNanos());
        }
    }

    boolean hasBegun() {
        return end.isPresent();
    }

    Duration left() {
        OptionalLong now = end;
        return now.isEmpty() ? time : Duration.ofNanos(Math.max(0, now.getAsLong() - System.nanoTime()));
    }
}
