package dev.virga.host;

import dev.virga.host.workload.Together;
import dev.virga.ingress.Target;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An object that was applied, kept as it should be by a thread of its own. */
final class Controlled implements AutoCloseable {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAKE = Duration.ofSeconds(30);

    private final WorkloadId id;
    private final Surroundings host;
    private final WorkloadTelemetry telemetry;
    private final Rollout rollout;
    private final Thread worker;
    private Optional<HealthMonitor> health = Optional.empty();

    private Desired desired;
    private boolean changed = true;
    private boolean deleted;
    private Optional<Revision> current = Optional.empty();
    private Optional<Revision> next = Optional.empty();
    private int revisions;
    private String problem = "";
    private boolean progressing = true;
    private long retryAt = Long.MAX_VALUE;
    private Duration retry = FIRST_RETRY;

    private boolean asleep;
    private final Idleness idleness = new Idleness();
    private int turn;

    Controlled(WorkloadId id, Desired desired, Surroundings host, WorkloadTelemetry telemetry) {
        this.id = id;
        this.desired = desired;
        this.host = host;
        this.telemetry = telemetry;
        this.rollout = new Rollout(
                new Replicas(host, telemetry, id, name().namespace() + "." + name().name()),
                time -> within(time, () -> changed || deleted),
                time -> within(time, () -> deleted));
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

    private void routesChanged() {
        host.routesChanged().accept(id);
    }

    synchronized Desired desired() {
        return desired;
    }

    /** It should be like this from now on. */
    synchronized void want(Desired wanted) {
        if (!wanted.equals(desired)) {
            desired = wanted;
            again();
        }
    }

    /** If it could not be made like that, this tries it once more. */
    synchronized void retry() {
        if (!problem.isEmpty()) {
            again();
        }
    }

    private void again() {
        problem = "";
        changed = true;
        retry = FIRST_RETRY;
        notifyAll();
    }

    /** Whether this is so, or becomes so in this time. */
    private synchronized boolean within(Duration time, BooleanSupplier wanted) {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); !wanted.getAsBoolean() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        return wanted.getAsBoolean();
    }

    private synchronized Optional<Revision> revision() {
        return current;
    }

    private void control() {
        while (true) {
            Optional<Desired> work = await();
            if (work.isEmpty()) {
                return;
            }
            try {
                reconcile(work.get());
                settled(isAsleep() ? problem() : ""); // resting makes nothing better
            } catch (Rollout.Superseded e) {
                // the next turn does it
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                failed(e);
            }
            routesChanged();
        }
    }

    /** What to do next; empty if there is nothing to do any more. */
    private synchronized Optional<Desired> await() {
        try {
            while (!deleted && !changed && System.nanoTime() < retryAt && !isIdle()) {
                long retries = retryAt == Long.MAX_VALUE ? retryAt : retryAt - System.nanoTime();
                long left = Math.min(retries, untilRest().orElse(Long.MAX_VALUE));
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, left));
            }
        } catch (InterruptedException e) {
            return Optional.empty();
        }
        if (deleted) {
            return Optional.empty();
        }
        if (!changed && isIdle()) {
            asleep = true;
        }
        changed = false;
        retryAt = Long.MAX_VALUE;
        progressing = true;
        return Optional.of(desired);
    }

    private void reconcile(Desired wanted) {
        Optional<Revision> old = revision();
        int count = isAsleep() ? 0 : wanted.replicas();
        if (old.isPresent() && old.get().template().equals(wanted.template())) {
            rollout.scale(old.get(), count);
            return;
        }
        Revision fresh = newRevision(wanted);
        try {
            rollout.replace(old, fresh, wanted.withReplicas(count));
            synchronized (this) {
                current = Optional.of(fresh);
            }
            watch(fresh);
        } finally {
            synchronized (this) {
                next = Optional.empty();
            }
        }
    }

    private void watch(Revision revision) {
        health.ifPresent(HealthMonitor::close);
        health = revision.template().settings().health().map(h -> new HealthMonitor(revision, h, this::routesChanged));
    }

    private synchronized Revision newRevision(Desired wanted) {
        Revision fresh = new Revision(++revisions, wanted.template());
        next = Optional.of(fresh);
        return fresh;
    }

    private synchronized boolean isAsleep() {
        return asleep;
    }

    private synchronized void settled(String why) {
        problem = why;
        progressing = false;
        retry = FIRST_RETRY;
        notifyAll();
    }

    private synchronized void failed(Throwable failure) {
        String back = current.filter(r -> r.size() > 0).map(r -> "; revision " + r.number() + " goes on").orElse("");
        settledWith(Failures.text(failure) + back);
        telemetry.log().line(LogLevel.ERROR, LogOrigin.HOST, problem);
        if (Failures.mayPass(failure)) {
            retryAt = System.nanoTime() + retry.toNanos();
            retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
        }
    }

    private void settledWith(String why) {
        problem = why;
        progressing = false;
        notifyAll();
    }

    synchronized String problem() {
        return problem;
    }

    /** Nanoseconds until it may rest, if nobody calls in between; none if it never does, or does already. */
    private Optional<Long> untilRest() {
        return asleep
                ? Optional.empty()
                : desired.template().settings().scaleToZero().map(rest -> idleness.until(rest.idleAfter()));
    }

    private boolean isIdle() {
        return untilRest().filter(left -> left <= 0).isPresent();
    }

    Idleness idleness() {
        return idleness;
    }

    /** A target of a replica, in turn; one is started if none runs. None if it does not start. */
    synchronized Optional<Target> awake(String component) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAKE.toNanos();
        while (!deleted) {
            if (asleep) {
                asleep = false;
                changed = true;
                progressing = true;
                notifyAll();
            }
            Optional<Target> target = current.flatMap(r -> r.target(component, turn++));
            if (target.isPresent()) {
                return target;
            }
            if (!changed && !progressing) {
                return Optional.empty();
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return Optional.empty();
    }

    /** All replicas, of the old and the new revision. */
    List<Replica> replicas() {
        List<Replica> all = new ArrayList<>();
        synchronized (this) {
            current.ifPresent(r -> all.addAll(r.replicas()));
            next.filter(r -> current.isEmpty() || current.get() != r).ifPresent(r -> all.addAll(r.replicas()));
        }
        return all;
    }

    /** The template that is served now: the routes follow it. */
    synchronized Template served() {
        return current.map(Revision::template).orElse(desired.template());
    }

    /** Waits, for so long at most, until what is wanted is there or has failed. */
    synchronized void awaitSettled(Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        for (long left = within.toNanos(); left > 0 && !deleted && (changed || progressing); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** How many components run, in all replicas. */
    int components() {
        var spec = served().spec();
        return replicas().size() * (spec.components().size() + (spec.service().isPresent() ? 1 : 0));
    }

    Progress progress() {
        List<Replica> replicas = replicas();
        synchronized (this) {
            int updated = next.or(() -> current)
                    .filter(r -> r.template().equals(desired.template()))
                    .map(Revision::size)
                    .orElse(0);
            return new Progress(desired, revisions, replicas, updated, stage(), problem);
        }
    }

    private Progress.Stage stage() {
        if (deleted) {
            return Progress.Stage.STOPPING;
        }
        if (asleep) {
            return Progress.Stage.ASLEEP;
        }
        return progressing || changed ? Progress.Stage.CHANGING : Progress.Stage.SETTLED;
    }

    /** Takes no more calls but by HTTP, and waits for the ends of those under way. */
    void quiesce() throws InterruptedException {
        Together.forEach(replicas(), each -> stopping(each, Replica::quiesce));
    }

    /** Takes no more calls, lets those under way end, and stops everything. */
    @Override
    public void close() {
        synchronized (this) {
            deleted = true;
            notifyAll();
        }
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        health.ifPresent(HealthMonitor::close);
        List<Replica> left = replicas();
        synchronized (this) {
            current = Optional.empty();
            next = Optional.empty();
        }
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
