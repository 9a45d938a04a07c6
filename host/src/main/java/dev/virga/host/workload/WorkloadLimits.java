package dev.virga.host.workload;

import dev.virga.plugin.Limits;

/**
 * How much all of a workload may hold and use.
 *
 * @param memory bytes of all its instances
 * @param instances at a time; calls beyond wait
 * @param cpuShare its weight where several workloads compute at the same time
 * @param connections to the outside at a time
 * @param fieldBytes of one set of HTTP headers or trailers
 * @param logRate bytes of logs in a second
 * @param plugins what passes through plugins
 */
public record WorkloadLimits(
        long memory, int instances, double cpuShare, int connections, int fieldBytes, int logRate, Limits plugins) {

    public static final WorkloadLimits DEFAULT =
            new WorkloadLimits(1L << 30, 100, 1, 128, 32 << 10, 64 << 10, Limits.DEFAULT);
}
