package dev.virga.host;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.workload.RunningWorkload;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.ingress.Target;
import dev.virga.plugin.LogLevel;
import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One running copy of a workload. */
final class Replica implements AutoCloseable {

    private final String id;
    private final Template template;
    private final WorkloadResolver.Resolved resolved;
    private final RunningWorkload workload;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private volatile boolean healthy = true;

    /**
     * Resolves and starts it.
     *
     * @throws RuntimeException of the packages below, saying what is wrong with it
     */
    Replica(
            String id,
            Template template,
            ConfigSources sources,
            WorkloadResolver resolver,
            WorkloadRuntime runtime,
            WorkloadTelemetry telemetry) {
        this.id = id;
        this.template = template;
        this.resolved = resolver.resolve(
                template, id, sources, line -> telemetry.log().line(LogLevel.WARN, LogOrigin.HOST, line));
        try {
            this.workload = new RunningWorkload(resolved.setup(), runtime, telemetry);
        } catch (RuntimeException | Error e) {
            resolved.close();
            throw e;
        }
        workload.http().forEach((name, service) -> targets.put(name, new Target(id + "/" + name, service)));
        try {
            workload.start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    String id() {
        return id;
    }

    Template template() {
        return template;
    }

    RunningWorkload workload() {
        return workload;
    }

    /** Where requests for its components go, by their names. */
    Map<String, Target> targets() {
        return targets;
    }

    boolean isHealthy() {
        return healthy;
    }

    void healthy(boolean now) {
        healthy = now;
    }

    /** Takes no more calls but by HTTP, and waits for the ends of those under way. */
    void quiesce(Duration grace) throws InterruptedException {
        workload.drain(grace);
    }

    /** Lets requests under way end, then other calls, then closes. Nothing routes to it any more. */
    void drain(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            drainRequests(System.nanoTime() + Grace.forRequests(grace).toNanos());
            workload.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            drainRequests(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void drainRequests(long deadline) throws InterruptedException {
        for (Target target : targets.values()) {
            target.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    @Override
    public void close() {
        try (resolved) {
            workload.close();
        }
    }
}
