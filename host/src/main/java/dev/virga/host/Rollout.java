package dev.virga.host;

import dev.virga.host.manifest.DeployPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Replaces the replicas of one revision by those of the next, or by none of them if they cannot serve. */
final class Rollout {

    /** Something newer is wanted. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded() {
            super("a newer manifest was applied", null, false, false);
        }
    }

    private final Replicas replicas;
    private final Predicate<Duration> superseded;
    private final Predicate<Duration> deleted;

    /**
     * @param superseded whether something newer is wanted, now or within a time
     * @param deleted whether nothing is wanted any more, now or within a time
     */
    Rollout(Replicas replicas, Predicate<Duration> superseded, Predicate<Duration> deleted) {
        this.replicas = replicas;
        this.superseded = superseded;
        this.deleted = deleted;
    }

    /** Changes the number of replicas. */
    void scale(Revision revision, int count) {
        while (revision.size() < count) {
            start(revision);
        }
        while (revision.size() > count) {
            replicas.retire(revision);
        }
    }

    /**
     * Goes over to a revision; the old one is as it was if that fails.
     *
     * @throws RuntimeException why the new revision cannot serve
     */
    void replace(Optional<Revision> old, Revision fresh, Desired desired) {
        int before = old.map(Revision::size).orElse(0);
        try {
            if (desired.policy() == DeployPolicy.RECREATE) {
                old.ifPresent(revision -> scale(revision, 0));
                scale(fresh, desired.replicas());
            } else {
                roll(old, fresh, desired);
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (desired.policy() == DeployPolicy.RECREATE) {
                scale(fresh, 0); // never beside the old ones
            }
            old.ifPresent(revision -> comeBack(revision, before, e));
            scale(fresh, 0);
            throw e;
        }
    }

    private void roll(Optional<Revision> old, Revision fresh, Desired desired) {
        int wanted = desired.replicas();
        var limits = fresh.template().settings().rollout();
        int most = wanted + Math.max(limits.maxSurge().of(wanted, true), limits.maxUnavailable().amount() == 0 ? 1 : 0);
        int least = wanted - limits.maxUnavailable().of(wanted, false);
        while (fresh.size() < wanted) {
            while (size(old) > 0 && size(old) + fresh.size() >= most && size(old) + fresh.size() > least) {
                replicas.retire(old.orElseThrow());
            }
            start(fresh);
            while (size(old) > 0 && size(old) + fresh.size() > Math.max(wanted, least)) {
                replicas.retire(old.orElseThrow());
            }
        }
        old.ifPresent(revision -> scale(revision, 0));
    }

    private static int size(Optional<Revision> revision) {
        return revision.map(Revision::size).orElse(0);
    }

    /** Starts one more and waits until it can serve. */
    private void start(Revision revision) {
        if (superseded.test(Duration.ZERO)) {
            throw new Superseded();
        }
        Duration deadline = revision.template().settings().rollout().progressDeadline();
        replicas.start(revision, deadline, superseded);
    }

    private void comeBack(Revision revision, int count, Throwable failure) {
        try {
            while (revision.size() < count && !deleted.test(Duration.ZERO)) {
                replicas.start(revision, revision.template().settings().rollout().progressDeadline(), deleted);
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
