package dev.virga.operator;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param resync from one look at a workload that runs to the next
 * @param setResync the same for sets, deployments and hosts
 * @param artifactResync the same for artifacts
 * @param poll from one look at something that changes to the next
 * @param unplaceable until a host is looked for again, unless hosts change before
 * @param failed until a workload that has failed is started again, somewhere else if need be
 */
public record Timing(
        Duration resync,
        Duration setResync,
        Duration artifactResync,
        Duration poll,
        Duration unplaceable,
        Duration failed) {

    /** wasmCloud's, where it has one. */
    public static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1));
}
