package dev.virga.operator;

import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.ReplicaSetObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The replica sets of a deployment: which one holds what is wanted, and what is written into them. */
final class DeploymentSets {

    private static final int HISTORY = 10;

    private final Shared shared;
    private final String manager;
    private final Store store;
    private DeploymentObject deployment;
    private Revisions revisions;

    /** Where sets are, and what is seen of them. */
    interface Store {

        /** A set has been written; before that it was seen as this. */
        void written(ReplicaSetObject set, Optional<ReplicaSetObject> before);

        /** The sets of the deployment, as the cluster has them and not as they are seen. */
        List<ReplicaSetObject> read(DeploymentObject deployment);

        /** Keeps a number, if the deployment is still as it is seen; gives it as it is then. */
        Optional<DeploymentObject> number(DeploymentObject deployment, long revision);
    }

    /** The deployment, or one of its sets, is another than the one that is seen. It is looked at again later. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded() {
            super("the view is old", null, false, false);
        }
    }

    /** @param sets those of the deployment, as they are seen */
    DeploymentSets(
            Shared shared,
            String manager,
            DeploymentObject deployment,
            List<ReplicaSetObject> sets,
            Store store) {
        this.shared = shared;
        this.manager = manager;
        this.deployment = deployment;
        this.revisions = new Revisions(sets);
        this.store = store;
    }

    /** As it is now. */
    DeploymentObject deployment() {
        return deployment;
    }

    Revisions revisions() {
        return revisions;
    }

    List<ReplicaSetObject> but(ReplicaSetObject set) {
        return revisions.but(set.getMetadata().getName());
    }

    /** The revision that somebody asks for, whatever the template says. */
    Optional<String> pinned() {
        return Optional.ofNullable(deployment.getMetadata().getAnnotations().get(Names.ROLLBACK_TO));
    }

    /**
     * The set that holds this, made if need be.
     *
     * @throws Superseded if that cannot be told by what is seen
     */
    ReplicaSetObject holding(DesiredTemplate desired) {
        return revisions.named(name(desired))
                .or(() -> revisions.last(desired::isExactly))
                .or(() -> revisions.last(s -> Revisions.number(s) == 0 && desired.isHeldBy(s)))
                .map(set -> revised(set, desired))
                .orElseGet(() -> make(desired));
    }

    private String name(DesiredTemplate desired) {
        return Names.name(deployment.getMetadata().getName(), desired.digest());
    }

    private ReplicaSetObject make(DesiredTemplate desired) {
        // An update begins with none, so that the first step decides; there is nothing to replace in the beginning.
        int replicas = revisions.sets().stream().allMatch(Revisions::isStopped) ? Replicas.of(deployment) : 0;
        ReplicaSetObject made = apply(
                ReplicaSets.of(deployment, name(desired), desired, replicas, nextNumber()));
        shared.events().record(deployment, false, "Rollout", "revision " + Revisions.number(made) + " is set "
                + made.getMetadata().getName());
        return made;
    }

    /** A set from before that is wanted again is the newest revision. */
    private ReplicaSetObject revised(ReplicaSetObject set, DesiredTemplate desired) {
        boolean newest = Revisions.number(set) > 0 && Revisions.number(set) == revisions.highest();
        boolean same = Revisions.number(set) == 0 || set.field("template").equals(desired.template());
        if ((newest && same) || Revisions.failed(set) || pinned().isPresent()) {
            return set;
        }
        long revision = newest ? Revisions.number(set) : nextNumber();
        return apply(ReplicaSets.of(deployment, set.getMetadata().getName(), desired, Replicas.of(set), revision));
    }

    /**
     * Greater than any that a set has had. Another operator may have given one since: then the deployment is another
     * than the one that is seen, or holds a number that no set that is seen has.
     */
    private long nextNumber() {
        long last = Revisions.number(deployment);
        if (last > revisions.highest() && store.read(deployment).stream().anyMatch(this::isUnseen)) {
            throw new Superseded();
        }
        long next = 1 + Math.max(last, revisions.highest());
        deployment = store.number(deployment, next).orElseThrow(Superseded::new);
        return next;
    }

    private boolean isUnseen(ReplicaSetObject set) {
        return revisions.named(set.getMetadata().getName())
                .filter(seen -> Revisions.number(seen) == Revisions.number(set))
                .isEmpty();
    }

    /** As it is then. */
    ReplicaSetObject apply(ReplicaSetObject set) {
        ReplicaSetObject applied = shared.writes().apply(manager, set);
        store.written(applied, revisions.named(applied.getMetadata().getName()));
        List<ReplicaSetObject> all = new ArrayList<>(but(applied));
        all.add(applied);
        revisions = new Revisions(all);
        return applied;
    }

    /**
     * Whether a set is kept though it does not become ready. Only one that has never worked is given up, and only for one
     * that has: hosts that fail do not lead back through the whole history.
     */
    boolean keeps(ReplicaSetObject set) {
        return Revisions.failed(set)
                || Revisions.worked(set)
                || pinned().isPresent()
                || but(set).stream().noneMatch(Revisions::worked);
    }

    /**
     * Marks another set than the chosen one that most of what is ready belongs to: there is a way back to it, though it
     * may never have had as many ready as it should.
     */
    void markServing(ReplicaSetObject chosen) {
        int ready = revisions.sets().stream().mapToInt(Sizes::ready).sum();
        but(chosen).stream()
                .filter(s -> 2 * Sizes.ready(s) > ready && !Revisions.worked(s) && !Revisions.failed(s))
                .forEach(s -> apply(ReplicaSets.worked(s)));
    }

    /** Marks a set that has had its time. */
    ReplicaSetObject failed(ReplicaSetObject set) {
        shared.events().record(deployment, true, "ProgressDeadlineExceeded", "revision " + Revisions.number(set)
                + " did not become ready in time");
        return apply(ReplicaSets.failed(set));
    }

    void resize(ReplicaSetObject set, int replicas) {
        if (Replicas.of(set) != replicas) {
            apply(ReplicaSets.resized(set, replicas));
            shared.events().record(deployment, false, "ScalingReplicaSet", "set " + set.getMetadata().getName()
                    + " goes from " + Replicas.of(set) + " to " + replicas);
        }
    }

    /** Old sets that are beyond the history go. */
    void forget(ReplicaSetObject chosen) {
        List<ReplicaSetObject> empty = but(chosen).stream()
                .filter(s -> Replicas.of(s) == 0 && s.status().replicas().current() == 0)
                .toList();
        empty.stream()
                .limit(Math.max(0, empty.size() - HISTORY))
                .forEach(s -> shared.writes().delete(s));
    }
}
