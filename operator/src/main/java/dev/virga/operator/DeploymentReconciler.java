package dev.virga.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.operator.DeploymentLook.ArtifactMissing;
import dev.virga.operator.resource.ArtifactObject;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.DeploymentStatus;
import dev.virga.operator.resource.ReplicaSetObject;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Replaces replica sets when a deployment's template, artifacts or settings change. */
final class DeploymentReconciler implements Reconciler<DeploymentObject> {

    private final Shared shared;
    private final SimpleInboundEventSource<DeploymentObject> changes = new SimpleInboundEventSource<>("changes");
    private InformerEventSource<ArtifactObject, DeploymentObject> artifacts; // set before anything is reconciled
    private InformerEventSource<ReplicaSetObject, DeploymentObject> sets; // as above
    private IndexerResourceCache<DeploymentObject> all; // as above

    DeploymentReconciler(Shared shared) {
        this.shared = shared;
    }

    @Override
    public List<EventSource<?, DeploymentObject>> prepareEventSources(EventSourceContext<DeploymentObject> context) {
        all = context.getPrimaryCache();
        artifacts = Caches.source(ArtifactObject.class, context, this::naming, shared.settings());
        sets = Caches.source(
                ReplicaSetObject.class, context, Mappers.fromOwnerReferences(DeploymentObject.class), shared.settings());
        return List.of(changes, artifacts, sets);
    }

    private Set<ResourceID> naming(ArtifactObject artifact) {
        return all.list(artifact.getMetadata().getNamespace(), d -> names(d, artifact.getMetadata().getName()))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    static boolean names(DeploymentObject deployment, String artifact) {
        for (JsonNode each : deployment.field("artifacts")) {
            if (each.path("artifactFrom").path("name").asText().equals(artifact)) {
                return true;
            }
        }
        return false;
    }

    void configChanged(String namespace) {
        if (all != null) {
            all.list(namespace, d -> true).map(ResourceID::fromResource).forEach(changes::propagateEvent);
        }
    }

    @Override
    public UpdateControl<DeploymentObject> reconcile(DeploymentObject deployment, Context<DeploymentObject> context) {
        if (deployment.isMarkedForDeletion()) {
            return UpdateControl.noUpdate(); // the cluster deletes the sets
        }
        List<ReplicaSetObject> owned = context.getSecondaryResourcesAsStream(ReplicaSetObject.class)
                .filter(s -> Writes.isOwnedBy(s, deployment) && !s.isMarkedForDeletion())
                .toList();
        DeploymentSets mine = new DeploymentSets(
                shared, context.getControllerConfiguration().fieldManager(), deployment, owned, new Store(context));
        DeploymentLook look = new DeploymentLook(shared, deployment, mine);
        try {
            look.run(() -> images(deployment));
        } catch (DeploymentSets.Superseded e) {
            return UpdateControl.<DeploymentObject>noUpdate().rescheduleAfter(shared.timing().poll());
        }
        DeploymentStatus status = look.status();
        if (!status.equals(deployment.status())) {
            DeploymentObject fresh = new DeploymentObject();
            fresh.setMetadata(Writes.of(deployment));
            fresh.setStatus(status);
            if (shared.writes().status(context, mine.deployment(), fresh).isEmpty()) {
                return UpdateControl.<DeploymentObject>noUpdate().rescheduleAfter(shared.timing().poll());
            }
            shared.events().transitions(deployment, look.conditions().changed());
        }
        Duration next = status.isReady() ? shared.timing().setResync() : shared.timing().unplaceable();
        return UpdateControl.<DeploymentObject>noUpdate().rescheduleAfter(next);
    }

    /** What one look writes and reads. */
    private final class Store implements DeploymentSets.Store {

        private final Context<DeploymentObject> context;

        Store(Context<DeploymentObject> context) {
            this.context = context;
        }

        /** The next look may come before the cluster tells of it. */
        @Override
        public void written(ReplicaSetObject set, Optional<ReplicaSetObject> before) {
            sets.handleRecentResourceUpdate(ResourceID.fromResource(set), set, before.orElse(null));
        }

        @Override
        public List<ReplicaSetObject> read(DeploymentObject deployment) {
            return ReplicaSets.read(context.getClient(), deployment);
        }

        @Override
        public Optional<DeploymentObject> number(DeploymentObject deployment, long revision) {
            return shared.writes().object(context, deployment, ReplicaSets.numbered(deployment, revision));
        }
    }

    private Map<String, String> images(DeploymentObject deployment) {
        Map<String, String> images = new HashMap<>();
        for (JsonNode each : deployment.field("artifacts")) {
            String name = each.path("artifactFrom").path("name").asText();
            ArtifactObject artifact = artifacts
                    .get(new ResourceID(name, deployment.getMetadata().getNamespace()))
                    .orElseThrow(() -> new ArtifactMissing("there is no Artifact " + name));
            if (!artifact.status().isTrue(ArtifactReconciler.PUBLISHED)) {
                throw new ArtifactMissing("the Artifact " + name + " is not published");
            }
            images.put(each.path("name").asText(), artifact.status().artifactUrl());
        }
        return images;
    }
}
