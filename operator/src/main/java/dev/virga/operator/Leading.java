package dev.virga.operator;

import dev.virga.operator.endpoints.HostPods;
import dev.virga.operator.endpoints.ServiceEndpoints;
import dev.virga.operator.hosts.Host;
import dev.virga.operator.hosts.HostRegistry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;

/** What only the operator does that leads, beside its reconcilers. */
final class Leading implements AutoCloseable {

    private final Shared shared;
    private final HostReconciler hostReconciler;
    private final WorkloadReconciler workloads;
    private final Tracked tracked;
    private final HostPods pods;
    private final ServiceEndpoints endpoints;
    private final HostObjects objects;
    private final Strays strays;

    Leading(
            Shared shared,
            KubernetesClient client,
            HostReconciler hostReconciler,
            WorkloadReconciler workloads,
            Tracked tracked,
            Consumer<String> log) {
        this.shared = shared;
        this.hostReconciler = hostReconciler;
        this.workloads = workloads;
        this.tracked = tracked;
        OperatorSettings settings = shared.settings();
        HostRegistry registry = shared.hosts().registry();
        workloads.load(); // else services would seem to have none
        pods = new HostPods(client, settings.hostNamespaces(), registry, log);
        try {
            endpoints = new ServiceEndpoints(
                    client,
                    settings.namespaces(),
                    tracked::behind,
                    tracked::told,
                    registry,
                    pods::pods,
                    this::refused,
                    log);
        } catch (RuntimeException e) {
            pods.close();
            throw e;
        }
        objects = new HostObjects(registry, hostReconciler, settings.timing().setResync(), log);
        strays = new Strays(shared, client, tracked, log);
        pods.listen(endpoints::hostChanged);
        tracked.listen(endpoints::changed); // the last, since it tells of all that there is
    }

    private void refused(Service service) {
        shared.events().record(
                service,
                true,
                "HasSelector",
                "workloads name it, and get no requests by it: its endpoints are its selector's, or its externalName;"
                        + " name a Service without either");
    }

    /** A host has come, for the first time or again. */
    void hostAppeared(Host host) {
        strays.look(host);
        hostChanged(host.id(), host.heartbeat().friendlyName());
    }

    /** A host has come, has gone, or is another than before. */
    void hostChanged(String id, String name) {
        objects.changed(id);
        hostReconciler.changed(name);
        workloads.hostChanged(id);
        endpoints.hostChanged(id);
    }

    @Override
    public void close() {
        tracked.listen((_, _) -> {});
        strays.close();
        objects.close();
        endpoints.close();
        pods.close();
    }
}
