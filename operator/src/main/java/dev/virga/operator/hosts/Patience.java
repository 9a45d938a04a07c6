package dev.virga.operator.hosts;

import java.time.Duration;

/**
 * How long a host may be silent.
 *
 * @param interval from one heartbeat to the next
 * @param missed so many heartbeats that stay away make a host be asked for one; without an answer it is lost
 * @param answer how long it may take to answer
 * @param largeShare if this part of the hosts is silent at once, none is given up: that is no failure of hosts
 */
public record Patience(Duration interval, int missed, Duration answer, double largeShare) {

    /** wasmCloud's heartbeats, and the share of Kubernetes' node controller. */
    public static final Patience DEFAULT = new Patience(Duration.ofSeconds(15), 3, Duration.ofSeconds(5), 0.55);

    /** @throws IllegalArgumentException if a value makes no sense */
    public Patience {
        if (!interval.isPositive() || !answer.isPositive() || missed < 2 || !(largeShare > 0 && largeShare <= 1)) {
            throw new IllegalArgumentException("interval and answer must be positive, missed at least 2, and largeShare"
                    + " above 0 and at most 1");
        }
    }

    /** From the last heartbeat on, in nanoseconds. */
    long untilOverdue() {
        return missed * interval.toNanos();
    }

    /** When a heartbeat is missing that cannot be a little late only; in nanoseconds from the last one. */
    long untilSilent() {
        return interval.toNanos() * 3 / 2;
    }
}
