package dev.virga.host;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.workload.WorkloadRuntime;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the host gives to everything that it keeps running.
 *
 * @param sources gives what manifests name, as it is now
 * @param routesChanged is told whose requests must be routed anew; returns when they are
 * @param grace how long requests under way may go on in a replica that stops
 */
record Surroundings(
        WorkloadResolver resolver,
        WorkloadRuntime runtime,
        Supplier<ConfigSources> sources,
        Consumer<WorkloadId> routesChanged,
        Grace grace) {

    /** Makes them for whoever routes requests. */
    interface Maker {
        Surroundings with(Consumer<WorkloadId> routesChanged);
    }
}
