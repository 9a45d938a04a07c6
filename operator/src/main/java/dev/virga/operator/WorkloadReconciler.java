package dev.virga.operator;

import dev.virga.operator.hosts.HostException;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings workloads to hosts, and off them. */
final class WorkloadReconciler implements Reconciler<WorkloadObject>, Cleaner<WorkloadObject> {

    private final Shared shared;
    private final Tracked tracked;
    private final SimpleInboundEventSource<WorkloadObject> changes = new SimpleInboundEventSource<>("changes");
    private IndexerResourceCache<WorkloadObject> all; // set before there is anything to do
    private boolean loaded; // guarded by this

    WorkloadReconciler(Shared shared, Tracked tracked) {
        this.shared = shared;
        this.tracked = tracked;
    }

    @Override
    public List<EventSource<?, WorkloadObject>> prepareEventSources(EventSourceContext<WorkloadObject> context) {
        all = context.getPrimaryCache();
        return List.of(changes);
    }

    /** A host has come, has gone, or is another than before. */
    void hostChanged(String host) {
        tracked.concernedByHost(host, changes::propagateEvent);
    }

    void configChanged(String namespace) {
        tracked.concernedByConfig(namespace, changes::propagateEvent);
    }

    @Override
    public UpdateControl<WorkloadObject> reconcile(WorkloadObject workload, Context<WorkloadObject> context) {
        load();
        WorkloadLook look = new WorkloadLook(shared, workload);
        Status status = new Status(workload, context);
        tracked.put(workload, workload.status());
        if (!look.run(status::set)) {
            return UpdateControl.<WorkloadObject>noUpdate().rescheduleAfter(shared.timing().poll());
        }
        shared.events().transitions(workload, look.conditions().changed());
        Duration next = next(workload.getMetadata().getUid(), look.status());
        return UpdateControl.<WorkloadObject>noUpdate().rescheduleAfter(next);
    }

    private Duration next(String uid, WorkloadStatus status) {
        // One that is gone tells when it comes back.
        boolean nothingLeft = status.leftOn().stream().allMatch(shared::isGone);
        if (status.isReady() && nothingLeft) {
            return shared.timing().resync();
        }
        boolean waits = status.hostId().isEmpty() && nothingLeft
                && status.condition(WorkloadLook.SELECTION).filter(c -> c.status().equals(Condition.FALSE)).isPresent();
        return waits && !tracked.oneEndsBeside(uid) ? shared.timing().unplaceable() : shared.timing().poll();
    }

    /** Counts what is placed already, before anything is placed on top of it. */
    synchronized void load() {
        if (loaded) {
            return;
        }
        all.list().forEach(workload -> {
            tracked.put(workload, workload.status());
            // Not where it was left: those that are dead would count as hosts that are silent.
            if (!workload.status().hostId().isEmpty()) {
                String host = workload.status().hostId();
                shared.hosts().registry().expect(host, host); // it has its time to report
                shared.assignments().assign(
                        workload.getMetadata().getUid(),
                        host,
                        PlacementRequests.of(workload, shared.settings().sharedHosts()));
            }
        });
        loaded = true;
    }

    @Override
    public DeleteControl cleanup(WorkloadObject workload, Context<WorkloadObject> context) {
        load();
        tracked.put(workload, workload.status()); // its endpoints are told first
        Duration left = tracked.goesOn(workload.getMetadata().getUid(), shared::isGone);
        if (left.isPositive()) {
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(1 + Math.min(left.toMillis(), shared.timing().poll().toMillis()));
        }
        Set<String> hosts = new LinkedHashSet<>(workload.status().leftOn());
        hosts.add(workload.status().hostId());
        hosts.remove("");
        for (String host : hosts) {
            if (!stopped(workload.getMetadata().getUid(), host)) {
                return DeleteControl.noFinalizerRemoval().rescheduleAfter(shared.timing().poll().toMillis());
            }
        }
        shared.assignments().release(workload.getMetadata().getUid());
        tracked.remove(workload);
        shared.events().record(workload, false, "Stopped", "it has been stopped, and is deleted");
        return DeleteControl.defaultDelete();
    }

    private boolean stopped(String id, String host) {
        if (shared.isGone(host)) {
            shared.hosts().stopWhenBack(host, id);
            return true;
        }
        try {
            shared.hosts().commands().stop(host, id);
            return true;
        } catch (HostException e) {
            return false;
        }
    }

    /** Writes a workload's status, several times if need be. */
    private final class Status {

        private final Context<WorkloadObject> context;
        private WorkloadObject current;

        Status(WorkloadObject workload, Context<WorkloadObject> context) {
            this.current = workload;
            this.context = context;
        }

        boolean set(WorkloadStatus status) {
            if (status.equals(current.status())) {
                return true;
            }
            WorkloadObject fresh = new WorkloadObject();
            fresh.setMetadata(Writes.of(current));
            fresh.setStatus(status);
            Optional<WorkloadObject> written = shared.writes().status(context, current, fresh);
            written.ifPresent(w -> current = w);
            tracked.put(current, status);
            return written.isPresent();
        }
    }
}
