package dev.virga.host;

import dev.virga.host.manifest.Health;
import dev.virga.host.workload.HttpEntry;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Starts and stops the replicas of one object. */
final class Replicas {

    private final Surroundings host;
    private final WorkloadTelemetry telemetry;
    private final WorkloadId object;
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    /** @param prefix of each replica's own name */
    Replicas(Surroundings host, WorkloadTelemetry telemetry, WorkloadId object, String prefix) {
        this.host = host;
        this.telemetry = telemetry;
        this.object = object;
        this.prefix = prefix;
    }

    /**
     * Starts a replica, and lets requests come to it when it is healthy.
     *
     * @param superseded whether something newer is wanted, now or within a time
     * @throws HostException.Refused if it is not healthy in time
     */
    void start(Revision revision, Duration deadline, Predicate<Duration> superseded) {
        Template template = revision.template();
        Replica replica = new Replica(
                prefix + "-" + count.incrementAndGet(), template, host.sources().get(), host.resolver(), host.runtime(), telemetry);
        try {
            Optional<Health> health = template.settings().health();
            if (health.isPresent()) {
                awaitHealth(replica, health.get(), deadline, superseded);
            }
        } catch (RuntimeException | Error e) {
            replica.close();
            throw e;
        }
        revision.add(replica);
        host.routesChanged().accept(object);
        if (host.grace().callsEnd()) { // a request has woken it; those that ran already have been told
            quiesce(replica);
        }
    }

    private void quiesce(Replica replica) {
        try {
            replica.quiesce(host.grace().left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitHealth(
            Replica replica, Health health, Duration deadline, Predicate<Duration> superseded) {
        long end = System.nanoTime() + deadline.toNanos();
        int successes = 0;
        while (successes < health.successThreshold()) {
            successes = isHealthy(replica, health) ? successes + 1 : 0;
            if (successes < health.successThreshold()) {
                if (System.nanoTime() + health.interval().toNanos() > end) {
                    throw new HostException.Refused("a new replica did not answer its health check at "
                            + health.path() + " within " + deadline.toMillis() + " ms");
                }
                if (superseded.test(health.interval())) {
                    throw new Rollout.Superseded();
                }
            }
        }
    }

    static boolean isHealthy(Replica replica, Health health) {
        for (HttpEntry entry : replica.workload().http().values()) {
            if (!entry.isHealthy(health.path(), health.timeout())) {
                return false;
            }
        }
        return true;
    }

    /** Stops the newest replica, after the requests that it is at. */
    void retire(Revision revision) {
        Replica replica = revision.remove();
        host.routesChanged().accept(object);
        replica.drain(host.grace().left());
    }
}
