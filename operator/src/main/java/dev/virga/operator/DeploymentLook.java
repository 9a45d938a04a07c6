package dev.virga.operator;

import dev.virga.host.manifest.ConfigException;
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

    private final Shared shared;
    private final DeploymentObject deployment;
    private final Conditions conditions;
    private final int wanted;
    private final DeploymentSets sets;
    private final Sizes sizes;
    private Optional<ReplicaSetObject> target = Optional.empty();
    private String progressedAt;
    private int progress;

    DeploymentLook(Shared shared, DeploymentObject deployment, DeploymentSets sets) {
        this.shared = shared;
        this.deployment = deployment;
        this.conditions = new Conditions(
                deployment.status(), deployment.getMetadata().getGeneration(), shared.clock().instant());
        this.wanted = Replicas.of(deployment);
        this.sets = sets;
        this.sizes = new Sizes(sets, wanted);
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
        target = sets.revisions().named(deployment.status().currentReplicaSet().map(LocalReference::name).orElse(""));
        if (conditions.get(SYNC) == null) {
            conditions.unknown(SYNC, reason, message);
        }
        conditions.keep(DEPLOY, reason, message);
        conditions.keep(SCALE, reason, message);
    }

    private void roll(WorkloadDeployment manifest, DesiredTemplate desired) {
        ReplicaSetObject chosen = choose(sets.holding(desired));
        sets.markServing(chosen);
        if (!followed(chosen, manifest.virga().rollout())) {
            chosen = choose(sets.failed(chosen));
            followed(chosen, manifest.virga().rollout());
        }
        if (sizes.works(chosen, manifest.virga().rollout()) && !Revisions.worked(chosen)) {
            chosen = sets.apply(ReplicaSets.worked(chosen));
        }
        target = Optional.of(chosen);
        sizes.step(chosen, manifest.spec().deployPolicy(), manifest.virga().rollout());
        sets.forget(chosen);
        if (sizes.complete(chosen)) {
            conditions.yes(SCALE, "Scaled", wanted + " of " + wanted + " are ready");
        } else {
            conditions.unknown(SCALE, "Progressing", "set " + chosen.getMetadata().getName() + " has "
                    + Sizes.ready(chosen) + " of " + wanted + " ready");
        }
    }

    private ReplicaSetObject choose(ReplicaSetObject made) {
        Optional<String> pinned = sets.pinned();
        Optional<ReplicaSetObject> found =
                pinned.flatMap(p -> sets.revisions().last(s -> Long.toString(Revisions.number(s)).equals(p)));
        if (found.isPresent()) {
            conditions.yes(SYNC, "Pinned", "revision " + pinned.get() + " runs, as the annotation "
                    + Names.ROLLBACK_TO + " asks for");
            return found.get();
        }
        Optional<ReplicaSetObject> good =
                Revisions.failed(made) ? sets.revisions().last(Revisions::worked) : Optional.empty();
        if (pinned.isPresent()) {
            conditions.no(SYNC, "NoSuchRevision", "there is no revision " + pinned.get() + "; change or remove the"
                    + " annotation " + Names.ROLLBACK_TO);
        } else if (good.isPresent()) {
            conditions.no(SYNC, "RolledBack", "revision " + Revisions.number(made) + " did not become ready in time;"
                    + " revision " + Revisions.number(good.get()) + " runs; change the template, or remove the"
                    + " annotation " + Names.FAILED + " of set " + made.getMetadata().getName());
        } else {
            conditions.yes(SYNC, "InSync", "set " + made.getMetadata().getName() + " holds the template");
        }
        return good.orElse(made);
    }

    /** Tells how a rollout gets on; false if it does not, and what ran before has to come back. */
    private boolean followed(ReplicaSetObject set, Rollout rollout) {
        Instant now = shared.clock().instant();
        String name = set.getMetadata().getName();
        boolean same = deployment.status().currentReplicaSet().map(LocalReference::name).filter(name::equals).isPresent();
        if (!same || Sizes.ready(set) > progress || progressedAt.isEmpty()) {
            progressedAt = now.truncatedTo(ChronoUnit.SECONDS).toString();
            progress = Sizes.ready(set);
        }
        boolean was = same && deployment.status().condition(DEPLOY).filter(c -> c.reason().equals(COMPLETE)).isPresent();
        if (was || sizes.complete(set)) {
            conditions.yes(DEPLOY, COMPLETE, "set " + name + " has taken over");
        } else if (now.isBefore(Instant.parse(progressedAt).plus(rollout.progressDeadline()))) {
            conditions.yes(DEPLOY, "Progressing", "set " + name + " takes over");
        } else {
            conditions.no(DEPLOY, "ProgressDeadlineExceeded", "set " + name + " has had " + Sizes.ready(set)
                    + " ready since " + progressedAt);
            return sets.keeps(set);
        }
        return true;
    }

    Conditions conditions() {
        return conditions;
    }

    DeploymentStatus status() {
        List<ReplicaSetObject> all = sets.revisions().sets();
        int current = all.stream().mapToInt(s -> s.status().replicas().current()).sum();
        int ready = all.stream().mapToInt(s -> s.status().replicas().ready()).sum();
        Optional<String> name = target.map(HasMetadata::getMetadata).map(m -> m.getName());
        Optional<ReplicaSetObject> previous = new Revisions(name.map(sets.revisions()::but).orElse(List.of()))
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
