package dev.virga.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.operator.resource.Api;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.ReplicaCounts;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.ReplicaSetStatus;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps as many workloads as a set asks for. */
final class ReplicaSetReconciler implements Reconciler<ReplicaSetObject> {

    private static final String SCALE_UP = "ScaleUp";
    private static final String SCALE_DOWN = "ScaleDown";

    /** Made in one go; after that, what the set is at is said. */
    private static final int MOST_AT_ONCE = 500;

    private final Shared shared;
    private InformerEventSource<WorkloadObject, ReplicaSetObject> workloads; // set before anything is reconciled

    ReplicaSetReconciler(Shared shared) {
        this.shared = shared;
    }

    @Override
    public List<EventSource<?, ReplicaSetObject>> prepareEventSources(EventSourceContext<ReplicaSetObject> context) {
        workloads = Caches.source(
                WorkloadObject.class, context, Mappers.fromOwnerReferences(ReplicaSetObject.class), shared.settings());
        return List.of(workloads);
    }

    @Override
    public UpdateControl<ReplicaSetObject> reconcile(ReplicaSetObject set, Context<ReplicaSetObject> context) {
        if (set.isMarkedForDeletion()) {
            return UpdateControl.noUpdate(); // the cluster deletes the workloads
        }
        List<WorkloadObject> all = context.getSecondaryResourcesAsStream(WorkloadObject.class)
                .filter(w -> Writes.isOwnedBy(w, set))
                .toList();
        List<WorkloadObject> live = all.stream().filter(w -> !w.isMarkedForDeletion()).toList();
        String digest = digest(set);
        List<WorkloadObject> current = live.stream().filter(w -> isCurrent(set, digest, w)).toList();
        List<WorkloadObject> altered = live.stream()
                .filter(w -> !current.contains(w) && w.getMetadata().getName().startsWith(name(set, digest, "")))
                .toList();
        int expected = Replicas.of(set);
        Conditions conditions =
                new Conditions(set.status(), set.getMetadata().getGeneration(), shared.clock().instant());
        int missing = expected - current.size() - altered.size();
        List<WorkloadObject> made = scaleUp(set, all, digest, Math.min(missing, MOST_AT_ONCE), context);
        if (altered.isEmpty()) {
            conditions.yes(SCALE_UP, "Scaled", "none are missing");
        } else { // others would fare no better
            conditions.no(SCALE_UP, "NotAdopted", altered.size() + " workloads were changed when they were made, and hold"
                    + " neither the template nor its digest; see which webhook changes annotations of Workloads");
        }
        scaleDown(live, current, expected, conditions);
        int ready = (int) current.stream().filter(w -> w.status().isReady()).count();
        if (ready == expected && current.size() == expected) {
            conditions.yes(Condition.READY, "Available", ready + " of " + expected + " are ready");
        } else {
            conditions.no(Condition.READY, "NotAvailable", ready + " of " + expected + " are ready");
        }
        int there = live.size() + made.size();
        ReplicaSetStatus status = new ReplicaSetStatus(
                conditions.all(),
                new ReplicaCounts(expected, there, ready, there - ready),
                all.size() - live.size());
        if (!status.equals(set.status())) {
            ReplicaSetObject fresh = new ReplicaSetObject();
            fresh.setMetadata(Writes.of(set));
            fresh.setStatus(status);
            if (shared.writes().status(context, set, fresh).isEmpty()) {
                return UpdateControl.<ReplicaSetObject>noUpdate().rescheduleAfter(shared.timing().poll());
            }
            shared.events().transitions(set, conditions.changed());
        }
        return UpdateControl.<ReplicaSetObject>noUpdate()
                .rescheduleAfter(missing > MOST_AT_ONCE ? shared.timing().poll() : shared.timing().setResync());
    }

    private static String digest(ReplicaSetObject set) {
        return Names.digest(
                Trees.canonical(set.field("template")) + set.virga().map(Trees::canonical).orElse(""));
    }

    /** Long enough a part of the digest that an earlier template has another. */
    private static String name(ReplicaSetObject set, String digest, String number) {
        return Names.name(set.getMetadata().getName(), digest.substring(0, 6) + number);
    }

    /**
     * By what it was made of, which a webhook may have changed; or by what it holds, so that a set of another operator is
     * taken over as it is.
     */
    private static boolean isCurrent(ReplicaSetObject set, String digest, WorkloadObject workload) {
        if (digest.equals(workload.getMetadata().getAnnotations().get(Api.GENERATION))) {
            return true;
        }
        JsonNode template = set.field("template");
        return workload.spec().equals(template.path("spec"))
                && config(workload).equals(template.path("annotations").path(Names.CONFIG_HASH).asText(""))
                && (workload.virga().equals(set.virga()) || workload.virga().isEmpty());
    }

    private static String config(HasMetadata workload) {
        return workload.getMetadata().getAnnotations().getOrDefault(Names.CONFIG_HASH, "");
    }

    private List<WorkloadObject> scaleUp(
            ReplicaSetObject set,
            List<WorkloadObject> all,
            String digest,
            int missing,
            Context<ReplicaSetObject> context) {
        Set<String> taken = new HashSet<>();
        all.forEach(w -> taken.add(w.getMetadata().getName()));
        // With an old view the same names come out again, and what is there stays.
        List<WorkloadObject> made = new ArrayList<>();
        for (int number = 0; made.size() < missing; number++) {
            String name = name(set, digest, Integer.toString(number));
            if (taken.add(name)) {
                String manager = context.getControllerConfiguration().fieldManager();
                WorkloadObject workload = shared.writes().apply(manager, workload(set, name, digest));
                // The next look may come before the cluster tells of it.
                workloads.handleRecentResourceCreate(ResourceID.fromResource(workload), workload);
                made.add(workload);
            }
        }
        return made;
    }

    private static WorkloadObject workload(ReplicaSetObject set, String name, String digest) {
        JsonNode template = set.field("template");
        Map<String, String> labels = new HashMap<>(Trees.strings(template.path("labels")));
        labels.put(Names.REPLICA_SET_LABEL, Names.label(set.getMetadata().getName()));
        String deployment = set.getMetadata().getLabels().get(Api.DEPLOYMENT_LABEL);
        if (deployment != null) {
            labels.put(Api.DEPLOYMENT_LABEL, deployment);
        }
        Map<String, String> annotations = new HashMap<>(Trees.strings(template.path("annotations")));
        annotations.put(Api.GENERATION, digest);
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(name);
        metadata.setNamespace(set.getMetadata().getNamespace());
        metadata.setLabels(labels);
        metadata.setAnnotations(annotations);
        metadata.setFinalizers(List.of(Api.WORKLOAD_FINALIZER));
        metadata.setOwnerReferences(List.of(Writes.owner(set)));
        WorkloadObject workload = new WorkloadObject();
        workload.setMetadata(metadata);
        workload.setSpec(template.path("spec").deepCopy());
        set.virga().ifPresent(workload::virga);
        return workload;
    }

    /** Those of an earlier template go when those of this one are ready. */
    private void scaleDown(
            List<WorkloadObject> live, List<WorkloadObject> current, int expected, Conditions conditions) {
        current.stream().sorted(expendable(current)).limit(Math.max(0, current.size() - expected)).forEach(this::delete);
        long ready = current.stream().filter(w -> w.status().isReady()).count();
        if (ready >= expected) {
            live.stream().filter(w -> !current.contains(w)).forEach(this::delete);
        }
        conditions.yes(SCALE_DOWN, "Scaled", "none are too many");
    }

    private void delete(WorkloadObject workload) {
        shared.writes().delete(workload);
        workloads.handleRecentResourceUpdate(ResourceID.fromResource(workload), deleted(workload), workload);
    }

    /** As the cluster will show it. */
    private WorkloadObject deleted(WorkloadObject workload) {
        WorkloadObject deleted = new WorkloadObject();
        deleted.setMetadata(new ObjectMetaBuilder(workload.getMetadata())
                .withDeletionTimestamp(shared.clock().instant().toString())
                .build());
        deleted.setSpec(workload.spec());
        workload.virga().ifPresent(deleted::virga);
        deleted.setStatus(workload.status());
        return deleted;
    }

    /** First those that serve nobody, then those of hosts that have the most of them, then the youngest. */
    private static Comparator<WorkloadObject> expendable(List<WorkloadObject> all) {
        Map<String, Integer> perHost = new HashMap<>();
        all.forEach(w -> perHost.merge(w.status().hostId(), 1, Integer::sum));
        return Comparator.<WorkloadObject, Boolean>comparing(w -> w.status().isReady())
                .thenComparing(w -> -perHost.get(w.status().hostId()))
                .thenComparing(w -> w.getMetadata().getCreationTimestamp(), Comparator.reverseOrder())
                .thenComparing(w -> w.getMetadata().getName());
    }
}
