package dev.virga.hostapi;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param heartbeat from one to the next
 * @param start how long a start may take before it is answered that it is under way
 * @param stop how long a stop may take before it is answered that it is under way
 */
public record Timing(Duration heartbeat, Duration start, Duration stop) {

    /** wasmCloud's heartbeat; answers come before its operator gives up, after 60 and 30 seconds. */
    public static final Timing DEFAULT =
            new Timing(Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofSeconds(25));
}
