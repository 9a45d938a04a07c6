package dev.virga.operator;

import dev.virga.host.manifest.DeployPolicy;
import dev.virga.host.manifest.Rollout;
import dev.virga.operator.resource.ReplicaSetObject;
import java.util.List;

/** How many replicas the sets of a deployment have, and have next. */
final class Sizes {

    private final DeploymentSets sets;
    private final int wanted;

    /** @param wanted replicas */
    Sizes(DeploymentSets sets, int wanted) {
        this.sets = sets;
        this.wanted = wanted;
    }

    /** Whether a set has taken over. */
    boolean complete(ReplicaSetObject set) {
        return Replicas.of(set) == wanted
                && ready(set) >= wanted
                && sets.but(set).stream()
                        .allMatch(s -> Replicas.of(s) == 0 && s.status().replicas().current() == 0);
    }

    /** Whether a set has as many ready as a rollout has to leave. */
    boolean works(ReplicaSetObject set, Rollout rollout) {
        return ready(set) >= Math.max(1, wanted - unavailable(rollout));
    }

    static int ready(ReplicaSetObject set) {
        return Math.min(set.status().replicas().ready(), Replicas.of(set));
    }

    /** Brings a set one step on, and the others one back. */
    void step(ReplicaSetObject chosen, DeployPolicy policy, Rollout rollout) {
        List<ReplicaSetObject> old = sets.but(chosen);
        if (policy == DeployPolicy.RECREATE) {
            old.forEach(s -> sets.resize(s, 0));
            // Those that have been resized just now have yet to stop.
            boolean stopped = old.stream().allMatch(Revisions::isStopped);
            sets.resize(chosen, stopped ? wanted : Math.min(wanted, Replicas.of(chosen)));
            return;
        }
        RollingUpdate.Step step = RollingUpdate.next(
                wanted,
                rollout.maxSurge().of(wanted, true),
                unavailable(rollout),
                part(chosen),
                old.stream().map(Sizes::part).toList());
        sets.resize(chosen, step.fresh());
        for (int i = 0; i < old.size(); i++) {
            sets.resize(old.get(i), step.old().get(i));
        }
    }

    private int unavailable(Rollout rollout) {
        int unavailable = rollout.maxUnavailable().of(wanted, false);
        // Percentages may come to 0 for both.
        return unavailable == 0 && rollout.maxSurge().of(wanted, true) == 0 ? 1 : unavailable;
    }

    private static RollingUpdate.Part part(ReplicaSetObject set) {
        return new RollingUpdate.Part(Replicas.of(set), set.status().replicas().ready());
    }
}
