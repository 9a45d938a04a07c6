package dev.virga.operator;

import dev.virga.operator.resource.ArtifactObject;
import dev.virga.operator.resource.ArtifactStatus;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.DeploymentObject;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Publishes artifacts' images, and keeps artifacts that are still named. */
final class ArtifactReconciler implements Reconciler<ArtifactObject>, Cleaner<ArtifactObject> {

    static final String PUBLISHED = "Published";

    private static final String SYNC = "Sync";

    private final Shared shared;

    /** What keeps artifacts that are to be deleted, by their uids. */
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    ArtifactReconciler(Shared shared) {
        this.shared = shared;
    }

    @Override
    public UpdateControl<ArtifactObject> reconcile(ArtifactObject artifact, Context<ArtifactObject> context) {
        long generation = artifact.getMetadata().getGeneration();
        Conditions conditions = new Conditions(artifact.status(), generation, shared.clock().instant());
        String url = artifact.status().artifactUrl();
        try {
            url = Read.manifest(dev.virga.host.manifest.Artifact.class, artifact).spec().image().text();
            conditions.yes(SYNC, "InSync", "the image is known");
        } catch (Read.Invalid e) {
            conditions.no(SYNC, "InvalidManifest", e.getMessage());
        }
        if (url.isEmpty()) {
            conditions.unknown(PUBLISHED, "NotPublished", "there is no image");
            conditions.no(Condition.READY, "NotPublished", "there is no image");
        } else {
            conditions.yes(PUBLISHED, "Published", "deployments get " + url);
            conditions.yes(Condition.READY, "Published", "deployments get " + url);
        }
        ArtifactStatus status = new ArtifactStatus(conditions.all(), generation, url);
        if (!status.equals(artifact.status())) {
            ArtifactObject fresh = new ArtifactObject();
            fresh.setMetadata(Writes.of(artifact));
            fresh.setStatus(status);
            if (shared.writes().status(context, artifact, fresh).isEmpty()) {
                return UpdateControl.<ArtifactObject>noUpdate().rescheduleAfter(shared.timing().poll());
            }
            shared.events().transitions(artifact, conditions.changed());
        }
        return UpdateControl.<ArtifactObject>noUpdate().rescheduleAfter(shared.timing().artifactResync());
    }

    @Override
    public DeleteControl cleanup(ArtifactObject artifact, Context<ArtifactObject> context) {
        Optional<DeploymentObject> naming = context.getClient()
                .resources(DeploymentObject.class)
                .inNamespace(artifact.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(d -> !d.isMarkedForDeletion()
                        && DeploymentReconciler.names(d, artifact.getMetadata().getName()))
                .findFirst();
        String uid = artifact.getMetadata().getUid();
        if (naming.isEmpty()) {
            kept.remove(uid);
            return DeleteControl.defaultDelete();
        }
        String by = naming.get().id();
        if (!by.equals(kept.put(uid, by))) {
            shared.events().record(
                    artifact, true, "StillNamed", "WorkloadDeployment " + by + " names it; it is kept so long");
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(shared.timing().unplaceable().toMillis());
    }
}
