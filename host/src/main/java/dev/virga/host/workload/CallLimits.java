package dev.virga.host.workload;

import java.time.Duration;

/**
 * How much a component may use for the host's calls of it, with those that are linked into its instances.
 *
 * @param memory bytes of one instance
 * @param instances at a time; calls beyond wait
 * @param cpuTime processor time of one call
 * @param callTime until a call must be answered
 */
public record CallLimits(long memory, int instances, Duration cpuTime, Duration callTime) {

    public static final CallLimits DEFAULT =
            new CallLimits(256L << 20, 100, Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** One instance only. */
    CallLimits single() {
        return new CallLimits(memory, 1, cpuTime, callTime);
    }

    /** For a service, which runs as long as its workload. */
    CallLimits forService() {
        return new CallLimits(memory, 1, Duration.ofNanos(Long.MAX_VALUE), Duration.ofNanos(Long.MAX_VALUE));
    }
}
