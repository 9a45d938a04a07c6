package dev.virga.operator;

import dev.virga.operator.Fleet.Presence;
import dev.virga.operator.resource.Api;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.HostStatus;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/** Shows hosts as objects, and takes the objects of those that are gone away. */
final class HostReconciler implements Reconciler<HostObject>, Cleaner<HostObject> {

    private static final String REPORTING = "Reporting";
    private static final String MANAGER = "virga-operator-heartbeats";

    private final Shared shared;
    private final Consumer<String> changed;
    private final SimpleInboundEventSource<HostObject> heartbeats = new SimpleInboundEventSource<>("heartbeats");

    /** @param changed takes the id of a host that placement has to look at anew */
    HostReconciler(Shared shared, Consumer<String> changed) {
        this.shared = shared;
        this.changed = changed;
    }

    @Override
    public List<EventSource<?, HostObject>> prepareEventSources(EventSourceContext<HostObject> context) {
        return List.of(heartbeats);
    }

    /** A host has come, or tells something else of itself than before. */
    void report(Fleet.Seen seen) {
        var heartbeat = seen.heartbeat();
        HostObject host = new HostObject(
                heartbeat.id(), heartbeat.hostname(), heartbeat.httpPort(), heartbeat.environment());
        host.getMetadata().setName(heartbeat.friendlyName());
        host.getMetadata().setNamespace(shared.settings().namespace());
        host.getMetadata().setLabels(heartbeat.labels());
        host.getMetadata().setFinalizers(List.of(Api.HOST_FINALIZER));
        Writes.apply(shared.client(), MANAGER, host);
        lookAt(heartbeat.friendlyName());
    }

    /** The host of this name may be another than before. */
    void lookAt(String name) {
        heartbeats.propagateEvent(new ResourceID(name, shared.settings().namespace()));
    }

    @Override
    public UpdateControl<HostObject> reconcile(HostObject host, Context<HostObject> context) {
        Presence presence = shared.fleet().presence(host.hostId());
        if (presence == Presence.GONE) {
            shared.events().record(host, true, "HostGone", "it has not reported for too long");
            shared.client().resource(host).delete();
            return UpdateControl.noUpdate();
        }
        if (shared.cordons().put(host)) {
            changed.accept(host.hostId());
        }
        Conditions conditions =
                new Conditions(host.status(), host.getMetadata().getGeneration(), shared.clock().instant());
        if (presence == Presence.ALIVE) {
            conditions.yes(REPORTING, "Reporting", "heartbeats come");
            conditions.yes(Condition.READY, "Ready", "heartbeats come");
        } else {
            conditions.no(REPORTING, "Silent", "no heartbeat has come of late");
            conditions.unknown(Condition.READY, "Silent", "no heartbeat has come of late");
        }
        HostStatus status = status(host, conditions.all());
        if (!status.equals(host.status())) {
            HostObject fresh = new HostObject(host.hostId(), host.hostname(), host.httpPort(), host.environment());
            fresh.setMetadata(Writes.of(host));
            fresh.setStatus(status);
            if (Writes.status(context, host, fresh).isEmpty()) {
                return UpdateControl.<HostObject>noUpdate().rescheduleAfter(shared.timing().poll());
            }
            shared.events().transitions(host, conditions.changed());
        }
        return UpdateControl.<HostObject>noUpdate().rescheduleAfter(shared.timing().setResync());
    }

    private HostStatus status(HostObject host, List<Condition> conditions) {
        return shared.fleet().seen(host.hostId())
                .map(seen -> new HostStatus(
                        conditions,
                        seen.heartbeat().version(),
                        seen.heartbeat().osName(),
                        seen.heartbeat().osArch(),
                        seen.heartbeat().osKernel(),
                        Float.toString(seen.heartbeat().systemCpuUsage()),
                        seen.heartbeat().systemMemoryTotal(),
                        seen.heartbeat().systemMemoryFree(),
                        Math.clamp(seen.heartbeat().componentCount(), 0, Integer.MAX_VALUE),
                        Math.clamp(seen.heartbeat().workloadCount(), 0, Integer.MAX_VALUE),
                        seen.at().truncatedTo(ChronoUnit.SECONDS).toString()))
                .orElseGet(() -> {
                    HostStatus was = host.status();
                    return new HostStatus(
                            conditions, was.version(), was.osName(), was.osArch(), was.osKernel(),
                            was.systemCpuUsage(), was.systemMemoryTotal(), was.systemMemoryFree(),
                            was.componentCount(), was.workloadCount(), was.lastSeen());
                });
    }

    /** The object stays until nothing is placed on its host any more. */
    @Override
    public DeleteControl cleanup(HostObject host, Context<HostObject> context) {
        if (shared.cordons().put(host)) {
            changed.accept(host.hostId());
        }
        boolean gone = shared.fleet().presence(host.hostId()) == Presence.GONE;
        if (!gone && !shared.assignments().on(host.hostId()).isEmpty()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(shared.timing().poll().toMillis());
        }
        shared.cordons().remove(host.hostId());
        changed.accept(host.hostId());
        return DeleteControl.defaultDelete();
    }
}
