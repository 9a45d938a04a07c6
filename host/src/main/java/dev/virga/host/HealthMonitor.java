package dev.virga.host;

import dev.virga.host.manifest.Health;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks replicas again and again whether they can serve, and takes those that cannot out of the routes. */
final class HealthMonitor implements AutoCloseable {

    private final Revision revision;
    private final Health health;
    private final Runnable changed;
    private final Map<String, Integer> inARow = new HashMap<>();
    private final Thread thread;

    /** @param changed is told when a replica's health has changed */
    HealthMonitor(Revision revision, Health health, Runnable changed) {
        this.revision = revision;
        this.health = health;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("health " + revision.template().name()).start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(health.interval());
                check(revision.replicas());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void check(List<Replica> replicas) {
        inARow.keySet().retainAll(replicas.stream().map(Replica::id).toList());
        for (Replica replica : replicas) {
            boolean answer = Replicas.isHealthy(replica, health);
            int same = answer == replica.isHealthy() ? 0 : inARow.getOrDefault(replica.id(), 0) + 1;
            inARow.put(replica.id(), same);
            if (same >= (answer ? health.successThreshold() : health.failureThreshold())) {
                replica.healthy(answer);
                inARow.put(replica.id(), 0);
                changed.run();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
