package dev.virga.host.workload;

import java.time.Duration;

/**
 * The companion of a workload that runs as long as it does.
 *
 * @param maxRestarts how often it is started again after it has ended
 * @param backoff before the first restart; twice as long before each next one
 * @param longestBackoff at most
 * @param resetAfter a service that ran for so long counts as well: restarts and backoff begin anew
 */
public record ServiceSetup(
        ComponentSetup component, int maxRestarts, Duration backoff, Duration longestBackoff, Duration resetAfter) {}
