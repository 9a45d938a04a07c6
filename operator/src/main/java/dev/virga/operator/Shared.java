package dev.virga.operator;

import dev.virga.operator.hosts.Hosts;
import dev.virga.operator.placement.Assignments;
import java.time.InstantSource;

/**
 * What all reconcilers work with.
 *
 * @param scheduler what hosts are told of who places workloads, the same after a restart; empty if it is not known
 */
record Shared(
        Writes writes,
        Hosts hosts,
        String scheduler,
        Assignments assignments,
        ClusterConfig config,
        Events events,
        InstantSource clock,
        OperatorSettings settings) {

    /** Whether a host is given up. */
    boolean isGone(String host) {
        return !hosts.registry().isKnown(host);
    }

    boolean drains(String host) {
        return hosts.registry().drains(host);
    }

    Timing timing() {
        return settings.timing();
    }
}
