package dev.virga.operator;

import dev.virga.host.manifest.ConfigException;
import dev.virga.host.manifest.DeployPolicy;
import dev.virga.host.manifest.Rollout;
import dev.virga.host.manifest.WorkloadDeployment;
import dev.virga.operator.resource.Api;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.DeploymentStatus;
import dev.virga.operator.resource.LocalReference;
import dev.virga.operator.resource.ReplicaCounts;
import dev.virga.operator.resource.ReplicaSetObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One look at a deployment: what is so, what is done, what its status says then. */
final class DeploymentLook {

    static final String ARTIFACT = "Artifact";
    static final String SYNC = "Sync";
    static final String DEPLOY = "Deploy";
    static final String SCALE = "Scale";

    private static final String COMPLETE = "Complete";
    private static final int HISTORY = 10;

    private final Shared shared;
    private final String manager;
    private final DeploymentObject deployment;
    private final Conditions conditions;
    private final int wanted;
    private Revisions revisions;
    private Optional<ReplicaSetObject> target = Optional.empty();
    private String progressedAt;
    private int progress;

    /** @param sets those of the deployment */
    DeploymentLook(Shared shared, String manager, DeploymentObject deployment, List<ReplicaSetObject> sets) {
        this.shared = shared;
        this.manager = manager;
        this.deployment = deployment;
        this.conditions = new Conditions(
                deployment.status(), deployment.getMetadata().getGeneration(), shared.clock().instant());
        this.wanted = Replicas.of(deployment);
        this.revisions = new Revisions(sets);
        this.progressedAt = deployment.status().progressedAt();
        this.progress = deployment.status().progress();
    }

    /** @throws ArtifactMissing if it is not there yet */
    interface Artifacts {
        Map<String, String> images();
    }

    /** An artifact is not there, or not published. */
    static final class ArtifactMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ArtifactMissing(String message) {
            super(message, null, false, false);
        }
    }

    void run(Artifacts artifacts) {
        try {
            WorkloadDeployment manifest = Read.manifest(WorkloadDeployment.class, deployment);
            Map<String, String> images = artifacts.images();
            conditions.yes(ARTIFACT, "Published", "all artifacts are there");
            StartRequests.checkConfig(
                    deployment.getMetadata().getNamespace(), manifest.spec().template().spec(), shared.config());
            roll(manifest, DesiredTemplate.of(deployment, manifest, images, shared.config()));
        } catch (ArtifactMissing e) {
            conditions.unknown(ARTIFACT, "NotPublished", e.getMessage());
            stay("NotPublished", "the artifacts are not there");
        } catch (ConfigException e) { // a set without its settings could not start
            stay("ConfigMissing", e.getMessage());
        } catch (Read.Invalid e) {
            conditions.keep(ARTIFACT, "InvalidManifest", "the manifest is not right");
            conditions.no(SYNC, "InvalidManifest", e.getMessage());
            stay("InvalidManifest", "the manifest is not right");
        }
        if (conditions.isTrue(ARTIFACT, SYNC, DEPLOY, SCALE)) {
            conditions.yes(Condition.READY, "Available", wanted + " of " + wanted + " are ready");
        } else {
            conditions.unknown(Condition.READY, "NotAvailable", "see the other conditions");
        }
    }

    /** What runs goes on as it is. */
    private void stay(String reason, String message) {
        target = revisions.named(deployment.status().currentReplicaSet().map(LocalReference::name).orElse(""));
        if (conditions.get(SYNC) == null) {
            conditions.unknown(SYNC, reason, message);
        }
        conditions.keep(DEPLOY, reason, message);
        conditions.keep(SCALE, reason, message);
    }

    private void roll(WorkloadDeployment manifest, DesiredTemplate desired) {
        ReplicaSetObject made = revisions.named(name(desired))
                .or(() -> revisions.last(desired::isExactly))
                .or(() -> revisions.last(s -> Revisions.number(s) == 0 && desired.isHeldBy(s)))
                .map(set -> revised(set, desired))
                .orElseGet(() -> make(desired));
        ReplicaSetObject chosen = choose(made);
        follow(chosen, manifest.virga().rollout());
        target = Optional.of(chosen);
        resize(chosen, manifest.spec().deployPolicy(), manifest.virga().rollout());
        forget(chosen);
        if (complete(chosen)) {
            conditions.yes(SCALE, "Scaled", wanted + " of " + wanted + " are ready");
        } else {
            conditions.unknown(SCALE, "Progressing", "set " + chosen.getMetadata().getName() + " has "
                    + ready(chosen) + " of " + wanted + " ready");
        }
    }

    private String name(DesiredTemplate desired) {
        return Names.name(deployment.getMetadata().getName(), desired.digest());
    }

    private ReplicaSetObject make(DesiredTemplate desired) {
        // An update begins with none, so that the first step decides; there is nothing to replace in the beginning.
        int replicas = revisions.sets().stream().allMatch(s -> Replicas.of(s) == 0) ? wanted : 0;
        ReplicaSetObject made = apply(
                ReplicaSets.of(deployment, name(desired), desired, replicas, revisions.highest() + 1));
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
        long revision = newest ? Revisions.number(set) : revisions.highest() + 1;
        return apply(ReplicaSets.of(deployment, set.getMetadata().getName(), desired, Replicas.of(set), revision));
    }

    private ReplicaSetObject apply(ReplicaSetObject set) {
        ReplicaSetObject applied = shared.writes().apply(manager, set);
        List<ReplicaSetObject> all = new ArrayList<>(revisions.but(applied.getMetadata().getName()));
        all.add(applied);
        revisions = new Revisions(all);
        return applied;
    }

    private Optional<String> pinned() {
        return Optional.ofNullable(deployment.getMetadata().getAnnotations().get(Names.ROLLBACK_TO));
    }

    private ReplicaSetObject choose(ReplicaSetObject made) {
        if (pinned().isPresent()) {
            Optional<ReplicaSetObject> found =
                    revisions.last(s -> Long.toString(Revisions.number(s)).equals(pinned().get()));
            if (found.isPresent()) {
                conditions.yes(SYNC, "Pinned", "revision " + pinned().get() + " runs, as the annotation "
                        + Names.ROLLBACK_TO + " asks for");
                return found.get();
            }
            conditions.no(SYNC, "NoSuchRevision", "there is no revision " + pinned().get() + "; change or remove the"
                    + " annotation " + Names.ROLLBACK_TO);
            return made;
        }
        if (Revisions.failed(made)) {
            Optional<ReplicaSetObject> good = revisions.last(s -> !Revisions.failed(s));
            if (good.isPresent()) {
                conditions.no(SYNC, "RolledBack", "revision " + Revisions.number(made) + " did not become ready in time;"
                        + " revision " + Revisions.number(good.get()) + " runs; change the template, or remove the"
                        + " annotation " + Names.FAILED + " of set " + made.getMetadata().getName());
                return good.get();
            }
        }
        conditions.yes(SYNC, "InSync", "set " + made.getMetadata().getName() + " holds the template");
        return made;
    }

    /** Sees to it that a rollout gets on, and gives it up if it does not. */
    private void follow(ReplicaSetObject set, Rollout rollout) {
        Instant now = shared.clock().instant();
        String name = set.getMetadata().getName();
        boolean same = deployment.status().currentReplicaSet().map(LocalReference::name).filter(name::equals).isPresent();
        if (!same || ready(set) > progress || progressedAt.isEmpty()) {
            progressedAt = now.truncatedTo(ChronoUnit.SECONDS).toString();
            progress = ready(set);
        }
        boolean was = same && deployment.status().condition(DEPLOY).filter(c -> c.reason().equals(COMPLETE)).isPresent();
        if (was || complete(set)) {
            conditions.yes(DEPLOY, COMPLETE, "set " + name + " has taken over");
        } else if (now.isBefore(Instant.parse(progressedAt).plus(rollout.progressDeadline()))) {
            conditions.yes(DEPLOY, "Progressing", "set " + name + " takes over");
        } else {
            conditions.no(DEPLOY, "ProgressDeadlineExceeded", "set " + name + " has had " + ready(set)
                    + " ready since " + progressedAt);
            if (!Revisions.failed(set) && revisions.sets().stream().anyMatch(s -> s != set && !Revisions.failed(s))) {
                apply(ReplicaSets.failed(set));
            }
        }
    }

    private boolean complete(ReplicaSetObject set) {
        return Replicas.of(set) == wanted
                && ready(set) >= wanted
                && revisions.but(set.getMetadata().getName()).stream()
                        .allMatch(s -> Replicas.of(s) == 0 && s.status().replicas().current() == 0);
    }

    private static int ready(ReplicaSetObject set) {
        return Math.min(set.status().replicas().ready(), Replicas.of(set));
    }

    private void resize(ReplicaSetObject chosen, DeployPolicy policy, Rollout rollout) {
        List<ReplicaSetObject> old = revisions.but(chosen.getMetadata().getName());
        if (policy == DeployPolicy.RECREATE) {
            old.forEach(s -> resize(s, 0));
            boolean stopped = old.stream()
                    .allMatch(s -> s.status().replicas().current() == 0 && s.status().terminating() == 0);
            resize(chosen, stopped ? wanted : Math.min(wanted, Replicas.of(chosen)));
            return;
        }
        int surge = rollout.maxSurge().of(wanted, true);
        int unavailable = rollout.maxUnavailable().of(wanted, false);
        RollingUpdate.Step step = RollingUpdate.next(
                wanted,
                surge,
                surge == 0 && unavailable == 0 ? 1 : unavailable, // which percentages may come to
                part(chosen),
                old.stream().map(DeploymentLook::part).toList());
        resize(chosen, step.fresh());
        for (int i = 0; i < old.size(); i++) {
            resize(old.get(i), step.old().get(i));
        }
    }

    private static RollingUpdate.Part part(ReplicaSetObject set) {
        return new RollingUpdate.Part(Replicas.of(set), set.status().replicas().ready());
    }

    private void resize(ReplicaSetObject set, int replicas) {
        if (Replicas.of(set) != replicas) {
            apply(ReplicaSets.resized(set, replicas));
            shared.events().record(deployment, false, "ScalingReplicaSet", "set " + set.getMetadata().getName()
                    + " goes from " + Replicas.of(set) + " to " + replicas);
        }
    }

    /** Old sets that are beyond the history go. */
    private void forget(ReplicaSetObject chosen) {
        List<ReplicaSetObject> empty = revisions.but(chosen.getMetadata().getName()).stream()
                .filter(s -> Replicas.of(s) == 0 && s.status().replicas().current() == 0)
                .toList();
        empty.stream()
                .limit(Math.max(0, empty.size() - HISTORY))
                .forEach(s -> shared.writes().delete(s));
    }

    Conditions conditions() {
        return conditions;
    }

    DeploymentStatus status() {
        List<ReplicaSetObject> sets = revisions.sets();
        int current = sets.stream().mapToInt(s -> s.status().replicas().current()).sum();
        int ready = sets.stream().mapToInt(s -> s.status().replicas().ready()).sum();
        Optional<String> name = target.map(HasMetadata::getMetadata).map(m -> m.getName());
        Optional<ReplicaSetObject> previous = new Revisions(name.map(revisions::but).orElse(List.of()))
                .last(s -> Replicas.of(s) > 0 || s.status().replicas().current() > 0);
        return new DeploymentStatus(
                conditions.all(),
                name.map(LocalReference::new),
                previous.map(s -> new LocalReference(s.getMetadata().getName())),
                new ReplicaCounts(wanted, current, ready, Math.max(0, current - ready)),
                current,
                Api.DEPLOYMENT_LABEL + "=" + Names.label(deployment.getMetadata().getName()),
                progress,
                progressedAt);
    }
}
