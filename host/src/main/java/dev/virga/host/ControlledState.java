package dev.virga.host;

import dev.virga.ingress.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How an object is, and how it should be. Its worker waits here for work, requests for a replica. */
final class ControlledState {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAKE = Duration.ofSeconds(30);

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

    ControlledState(Desired desired) {
        this.desired = desired;
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

    /** Nothing is wanted any more. */
    synchronized void delete() {
        deleted = true;
        notifyAll();
    }

    /** Whether something else is wanted, now or within this time. */
    boolean isSupersededWithin(Duration time) {
        return within(time, () -> changed || deleted);
    }

    /** Whether nothing is wanted any more, now or within this time. */
    boolean isDeletedWithin(Duration time) {
        return within(time, () -> deleted);
    }

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

    /** Waits for what to do next; empty if there is nothing to do any more. */
    synchronized Optional<Desired> take() {
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

    synchronized boolean isAsleep() {
        return asleep;
    }

    /** What runs, if it is not about to be replaced for the first time. */
    synchronized Optional<Revision> current() {
        return current;
    }

    /** A new revision, which is to replace the current one. */
    synchronized Revision begin(Template template) {
        Revision fresh = new Revision(++revisions, template);
        next = Optional.of(fresh);
        return fresh;
    }

    synchronized void replaced(Revision fresh) {
        current = Optional.of(fresh);
    }

    /** The replacement has ended, one way or the other. */
    synchronized void ended() {
        next = Optional.empty();
    }

    /** It is as it should be. */
    synchronized void settled() {
        if (!asleep) { // resting makes nothing better
            problem = "";
        }
        progressing = false;
        retry = FIRST_RETRY;
        notifyAll();
    }

    /**
     * It cannot be as it should.
     *
     * @param mayPass whether it is tried again after a time
     * @return the problem, with what goes on in spite of it
     */
    synchronized String failed(String why, boolean mayPass) {
        String back = current.filter(r -> r.size() > 0).map(r -> "; revision " + r.number() + " goes on").orElse("");
        problem = why + back;
        progressing = false;
        if (mayPass) {
            retryAt = System.nanoTime() + retry.toNanos();
            retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
        }
        notifyAll();
        return problem;
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

    /** Waits, for so long at most, until what is wanted is there or has failed. */
    synchronized void awaitSettled(Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        for (long left = within.toNanos(); left > 0 && !deleted && (changed || progressing); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** All replicas, of the old and the new revision. */
    synchronized List<Replica> replicas() {
        List<Replica> all = new ArrayList<>();
        current.ifPresent(r -> all.addAll(r.replicas()));
        next.filter(r -> current.isEmpty() || current.get() != r).ifPresent(r -> all.addAll(r.replicas()));
        return all;
    }

    /** Of the old and the new revision, which are forgotten. */
    synchronized List<Replica> removeReplicas() {
        List<Replica> all = replicas();
        current = Optional.empty();
        next = Optional.empty();
        return all;
    }

    /** The template that is served now: the routes follow it. */
    synchronized Template served() {
        return current.map(Revision::template).orElse(desired.template());
    }

    synchronized Progress progress() {
        int updated = next.or(() -> current)
                .filter(r -> r.template().equals(desired.template()))
                .map(Revision::size)
                .orElse(0);
        return new Progress(desired, revisions, replicas(), updated, stage(), problem);
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
}
