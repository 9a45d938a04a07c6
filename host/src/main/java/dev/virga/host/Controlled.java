package dev.virga.host;

import dev.virga.host.workload.Together;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An object that was applied, kept as it should be by a thread of its own. */
final class Controlled implements AutoCloseable {

    private final WorkloadId id;
    private final Surroundings host;
    private final WorkloadTelemetry telemetry;
    private final ControlledState state;
    private final Rollout rollout;
    private final Thread worker;
    private Optional<HealthMonitor> health = Optional.empty();

    Controlled(WorkloadId id, Desired desired, Surroundings host, WorkloadTelemetry telemetry) {
        this.id = id;
        this.host = host;
        this.telemetry = telemetry;
        this.state = new ControlledState(desired);
        this.rollout = new Rollout(
                new Replicas(host, telemetry, id, name().namespace() + "." + name().name()),
                state::isSupersededWithin,
                state::isDeletedWithin);
        this.worker = Thread.ofVirtual().name(id.toString()).unstarted(this::control);
    }

    void start() {
        worker.start();
    }

    WorkloadId id() {
        return id;
    }

    WorkloadName name() {
        return id.name();
    }

    WorkloadTelemetry telemetry() {
        return telemetry;
    }

    ControlledState state() {
        return state;
    }

    private void routesChanged() {
        host.routesChanged().accept(id);
    }

    private void control() {
        while (true) {
            Optional<Desired> work = state.take();
            if (work.isEmpty()) {
                return;
            }
            try {
                reconcile(work.get());
                state.settled();
            } catch (Rollout.Superseded e) {
                // the next turn does it
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                synchronized (state) { // who sees the problem finds it in the log
                    String problem = state.failed(Failures.text(e), Failures.mayPass(e));
                    telemetry.log().line(LogLevel.ERROR, LogOrigin.HOST, problem);
                }
            }
            routesChanged();
        }
    }

    private void reconcile(Desired wanted) {
        Optional<Revision> old = state.current();
        int count = state.isAsleep() ? 0 : wanted.replicas();
        if (old.isPresent() && old.get().template().equals(wanted.template())) {
            rollout.scale(old.get(), count);
            return;
        }
        Revision fresh = state.begin(wanted.template());
        try {
            rollout.replace(old, fresh, wanted.withReplicas(count));
            state.replaced(fresh);
            watch(fresh);
        } finally {
            state.ended();
        }
    }

    private void watch(Revision revision) {
        health.ifPresent(HealthMonitor::close);
        health = revision.template().settings().health().map(h -> new HealthMonitor(revision, h, this::routesChanged));
    }

    /** How many components run, in all replicas. */
    int components() {
        var spec = state.served().spec();
        return state.replicas().size() * (spec.components().size() + (spec.service().isPresent() ? 1 : 0));
    }

    /** Takes no more calls but by HTTP, and waits for the ends of those under way. */
    void quiesce() throws InterruptedException {
        Together.forEach(state.replicas(), each -> stopping(each, Replica::quiesce));
    }

    /** Takes no more calls, lets those under way end, and stops everything. */
    @Override
    public void close() {
        state.delete();
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        health.ifPresent(HealthMonitor::close);
        List<Replica> left = state.removeReplicas();
        routesChanged();
        try (telemetry) {
            Together.forEach(left, each -> stopping(each, Replica::drain));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Stop {
        void within(Replica replica, Duration grace) throws InterruptedException;
    }

    /** One that does not stop as it should keeps no other from it. */
    private void stopping(Replica replica, Stop stop) throws InterruptedException {
        try {
            stop.within(replica, host.grace().left());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            telemetry.log().line(LogLevel.ERROR, LogOrigin.HOST, replica.id() + ": " + Failures.text(e));
        }
    }
}
