package dev.virga.operator.endpoints;

/**
 * A workload behind a service.
 *
 * @param host where it is
 * @param ready whether it answers requests
 */
public record Replica(String host, boolean ready) {}
