package dev.virga.operator;

import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.ReplicaCounts;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.ReplicaSetStatus;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.time.Duration;
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
        String digest = ReplicaWorkloads.digest(set);
        List<WorkloadObject> current = live.stream().filter(w -> ReplicaWorkloads.isCurrent(set, digest, w)).toList();
        String prefix = ReplicaWorkloads.name(set, digest, "");
        int altered = (int) live.stream()
                .filter(w -> !current.contains(w) && w.getMetadata().getName().startsWith(prefix))
                .count();
        int expected = Replicas.of(set);
        Conditions conditions =
                new Conditions(set.status(), set.getMetadata().getGeneration(), shared.clock().instant());
        List<WorkloadObject> made =
                scaleUp(set, all, digest, expected - current.size(), altered, conditions, context);
        scaleDown(live, current, altered, expected, conditions);
        int ready = (int) current.stream().filter(w -> w.status().isReady()).count();
        if (ready == expected && conditions.isTrue(SCALE_UP, SCALE_DOWN)) {
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
        return UpdateControl.<ReplicaSetObject>noUpdate().rescheduleAfter(next(conditions));
    }

    private Duration next(Conditions conditions) {
        return switch (conditions.get(SCALE_UP).status()) {
            case Condition.UNKNOWN -> shared.timing().poll();
            case Condition.FALSE -> shared.timing().unplaceable();
            default -> conditions.isTrue(SCALE_DOWN) ? shared.timing().setResync() : shared.timing().unplaceable();
        };
    }

    /** False if the cluster does not take a workload; not known while there are more to be made. */
    private List<WorkloadObject> scaleUp(
            ReplicaSetObject set,
            List<WorkloadObject> all,
            String digest,
            int missing,
            int altered,
            Conditions conditions,
            Context<ReplicaSetObject> context) {
        Set<String> taken = new HashSet<>();
        all.forEach(w -> taken.add(w.getMetadata().getName()));
        String manager = context.getControllerConfiguration().fieldManager();
        int wanted = Math.max(0, missing - altered); // in the place of those, others would fare no better
        List<WorkloadObject> made = new ArrayList<>();
        try {
            // With an old view the same names come out again, and what is there stays.
            for (int number = 0; made.size() < Math.min(wanted, MOST_AT_ONCE); number++) {
                String name = ReplicaWorkloads.name(set, digest, Integer.toString(number));
                if (taken.add(name)) {
                    WorkloadObject workload = shared.writes().apply(manager, ReplicaWorkloads.of(set, name, digest));
                    // The next look may come before the cluster tells of it.
                    workloads.handleRecentResourceCreate(ResourceID.fromResource(workload), workload);
                    made.add(workload);
                }
            }
        } catch (KubernetesClientException e) {
            if (!Writes.isRefusal(e)) {
                throw e; // tried again, sooner
            }
            conditions.no(SCALE_UP, "Refused", (wanted - made.size()) + " workloads are missing: " + e.getMessage());
            return made;
        }
        if (altered > 0) {
            conditions.no(SCALE_UP, "NotAdopted", altered + " workloads were changed when they were made, and hold"
                    + " neither the template nor its digest; see which webhook changes annotations of Workloads");
        } else if (made.size() < wanted) {
            conditions.unknown(SCALE_UP, "Scaling", (wanted - made.size()) + " workloads are still to be made");
        } else {
            conditions.yes(SCALE_UP, "Scaled", "none are missing");
        }
        return made;
    }

    /**
     * Those of an earlier template go when those of this one are ready. False if the cluster does not delete a workload;
     * not known while there are some of an earlier template.
     */
    private void scaleDown(
            List<WorkloadObject> live, List<WorkloadObject> current, int altered, int expected, Conditions conditions) {
        long ready = current.stream().filter(w -> w.status().isReady()).count();
        int others = live.size() - current.size();
        try {
            current.stream()
                    .sorted(expendable(current))
                    .limit(Math.max(0, current.size() - expected))
                    .forEach(this::delete);
            if (ready >= expected) {
                live.stream().filter(w -> !current.contains(w)).forEach(this::delete);
            }
        } catch (KubernetesClientException e) {
            if (!Writes.isRefusal(e)) {
                throw e;
            }
            conditions.no(SCALE_DOWN, "Refused", "a workload that is too many cannot be deleted: " + e.getMessage());
            return;
        }
        if (ready < expected && others > altered) {
            conditions.unknown(SCALE_DOWN, "Scaling", (others - altered) + " workloads of an earlier template go when "
                    + expected + " of this one are ready");
        } else {
            conditions.yes(SCALE_DOWN, "Scaled", "none are too many");
        }
    }

    private void delete(WorkloadObject workload) {
        shared.writes().delete(workload);
        WorkloadObject deleted = ReplicaWorkloads.deleted(workload, shared.clock().instant());
        workloads.handleRecentResourceUpdate(ResourceID.fromResource(workload), deleted, workload);
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
