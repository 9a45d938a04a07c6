package dev.virga.host.workload;

import dev.virga.plugin.Limits;
import java.time.Duration;

/**
 * How much a workload may hold and use.
 *
 * @param instanceMemory bytes of one instance, with all components linked into it
 * @param workloadMemory bytes of all its instances
 * @param instances at a time; calls beyond wait
 * @param cpuShare its weight where several workloads compute at the same time
 * @param cpuTime processor time of one call
 * @param callTime until a call must be answered
 * @param connections to the outside at a time
 * @param fieldBytes of one set of HTTP headers or trailers
 * @param plugins what passes through plugins
 */
public record WorkloadLimits(
        long instanceMemory,
        long workloadMemory,
        int instances,
        double cpuShare,
        Duration cpuTime,
        Duration callTime,
        int connections,
        int fieldBytes,
        Limits plugins) {

    public static final WorkloadLimits DEFAULT = new WorkloadLimits(
            256L << 20,
            1L << 30,
            1000,
            1,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            128,
            32 << 10,
            Limits.DEFAULT);
}
