package dev.virga.operator;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.operator.hosts.Host;
import dev.virga.operator.placement.HostCondition;
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
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Shows hosts as objects, takes what objects ask of hosts, and takes the objects of hosts that are gone away. */
final class HostReconciler implements Reconciler<HostObject>, Cleaner<HostObject> {

    private static final String REPORTING = "Reporting";
    private static final String MANAGER = "virga-operator-heartbeats";

    private final Shared shared;
    private final SimpleInboundEventSource<HostObject> heartbeats = new SimpleInboundEventSource<>("heartbeats");
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final Set<String> cordoned = ConcurrentHashMap.newKeySet();
    private IndexerResourceCache<HostObject> objects; // set before there is anything to do

    HostReconciler(Shared shared) {
        this.shared = shared;
    }

    @Override
    public List<EventSource<?, HostObject>> prepareEventSources(EventSourceContext<HostObject> context) {
        objects = context.getPrimaryCache();
        return List.of(heartbeats);
    }

    /** Whether the object of a host's name is the host's. */
    boolean isShown(Host host) {
        return object(host).filter(o -> o.hostId().equals(host.id())).isPresent();
    }

    private Optional<HostObject> object(Host host) {
        return objects.get(new ResourceID(host.heartbeat().friendlyName(), shared.settings().namespace()));
    }

    /** Whether another host has the name, which is not given up: nobody may take it away by a heartbeat. */
    boolean isTaken(Host host) {
        return object(host).filter(o -> !o.hostId().equals(host.id()) && !shared.isGone(o.hostId())).isPresent();
    }

    /** Makes the object of a host, or writes what it tells of itself into it. */
    void show(Host host) {
        HostHeartbeat heartbeat = host.heartbeat();
        HostObject object = new HostObject(
                heartbeat.id(), heartbeat.hostname(), heartbeat.httpPort(), heartbeat.environment());
        object.getMetadata().setName(heartbeat.friendlyName());
        object.getMetadata().setNamespace(shared.settings().namespace());
        object.getMetadata().setLabels(heartbeat.labels());
        object.getMetadata().setFinalizers(List.of(Api.HOST_FINALIZER));
        shared.writes().apply(MANAGER, object);
        changed(heartbeat.friendlyName());
    }

    /** The host of this name may be another than before. */
    void changed(String name) {
        heartbeats.propagateEvent(new ResourceID(name, shared.settings().namespace()));
    }

    @Override
    public UpdateControl<HostObject> reconcile(HostObject object, Context<HostObject> context) {
        if (met.add(object.hostId())) {
            shared.hosts().registry().expect(object.hostId(), object.getMetadata().getName());
        }
        if (shared.isGone(object.hostId())) {
            shared.events().record(object, true, "HostGone", "it has not reported for too long");
            shared.writes().delete(object);
            return UpdateControl.noUpdate();
        }
        cordon(object);
        Conditions conditions =
                new Conditions(object.status(), object.getMetadata().getGeneration(), shared.clock().instant());
        Optional<Host> host = shared.hosts().registry().host(object.hostId());
        if (host.filter(h -> h.view().condition() != HostCondition.SILENT).isPresent()) {
            conditions.yes(REPORTING, "Reporting", "heartbeats come");
            conditions.yes(Condition.READY, "Ready", "heartbeats come");
        } else {
            conditions.no(REPORTING, "Silent", "no heartbeat has come of late");
            conditions.unknown(Condition.READY, "Silent", "no heartbeat has come of late");
        }
        HostStatus status = host.map(h -> status(h, conditions.all()))
                .orElseGet(() -> object.status().with(conditions.all()));
        if (!status.equals(object.status())) {
            HostObject fresh = new HostObject(object.hostId(), object.hostname(), object.httpPort(), object.environment());
            fresh.setMetadata(Writes.of(object));
            fresh.setStatus(status);
            if (shared.writes().status(context, object, fresh).isEmpty()) {
                return UpdateControl.<HostObject>noUpdate().rescheduleAfter(shared.timing().poll());
            }
            shared.events().transitions(object, conditions.changed());
        }
        return UpdateControl.<HostObject>noUpdate().rescheduleAfter(shared.timing().setResync());
    }

    /** A host that drains goes on draining, whoever wants that. */
    private void cordon(HostObject object) {
        String id = object.hostId();
        if (shared.drains(id)) {
            return;
        }
        if ("true".equals(object.getMetadata().getAnnotations().get(Names.CORDON))) {
            cordoned.add(id);
            shared.hosts().registry().mark(id, HostCondition.CORDONED);
        } else if (cordoned.remove(id)) {
            shared.hosts().registry().mark(id, HostCondition.READY);
        }
    }

    private static HostStatus status(Host host, List<Condition> conditions) {
        HostHeartbeat heartbeat = host.heartbeat();
        return new HostStatus(
                conditions,
                heartbeat.version(),
                heartbeat.osName(),
                heartbeat.osArch(),
                heartbeat.osKernel(),
                Float.toString(heartbeat.systemCpuUsage()),
                heartbeat.systemMemoryTotal(),
                heartbeat.systemMemoryFree(),
                Math.clamp(heartbeat.componentCount(), 0, Integer.MAX_VALUE),
                Math.clamp(heartbeat.workloadCount(), 0, Integer.MAX_VALUE),
                host.view().lastHeartbeat().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** A deleted object drains its host, and stays until nothing is placed there any more. */
    @Override
    public DeleteControl cleanup(HostObject object, Context<HostObject> context) {
        String id = object.hostId();
        shared.hosts().registry().mark(id, HostCondition.DRAINING);
        if (!shared.isGone(id) && !shared.assignments().on(id).isEmpty()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(shared.timing().poll().toMillis());
        }
        met.remove(id);
        cordoned.remove(id);
        if (shared.hosts().registry().host(id).isEmpty()) {
            shared.hosts().registry().gone(id, "its object was deleted before it had reported again");
        }
        return DeleteControl.defaultDelete();
    }
}
