package dev.virga.host;

import java.util.List;

/**
 * How an object that was applied fares.
 *
 * @param kind as manifests have it
 * @param phase one word for people
 * @param message what is wrong, or empty
 * @param revision how often its template has changed
 * @param wanted replicas
 * @param ready replicas that take calls
 * @param updated replicas of the newest template
 * @param restarts of services, all replicas together
 * @param memory bytes that guests hold
 * @param cpuNanos processor time that guests of the present replicas have used
 * @param routes where its requests come in
 */
public record Status(
        String kind,
        String namespace,
        String name,
        String phase,
        String message,
        int revision,
        int wanted,
        int ready,
        int updated,
        int restarts,
        int instances,
        long memory,
        long cpuNanos,
        List<String> routes,
        List<Condition> conditions,
        java.time.Instant created) {}
