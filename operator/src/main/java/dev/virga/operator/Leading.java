package dev.virga.operator;

import dev.virga.operator.endpoints.HostPods;
import dev.virga.operator.endpoints.ServiceEndpoints;
import dev.virga.operator.hosts.Hosts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;

/** What only the operator does that leads, beside its reconcilers. */
final class Leading implements AutoCloseable {

    private final HostReconciler hostReconciler;
    private final WorkloadReconciler workloads;
    private final Tracked tracked;
    private final HostPods pods;
    private final ServiceEndpoints endpoints;
    private final HostObjects objects;

    Leading(
            OperatorSettings settings,
            KubernetesClient client,
            Hosts hosts,
            HostReconciler hostReconciler,
            WorkloadReconciler workloads,
            Tracked tracked,
            Consumer<String> log) {
        this.hostReconciler = hostReconciler;
        this.workloads = workloads;
        this.tracked = tracked;
        workloads.load(); // else services would seem to have none
        pods = new HostPods(client, settings.hostNamespaces(), hosts.registry(), this::podChanged, log);
        try {
            endpoints = new ServiceEndpoints(
                    client, settings.namespaces(), tracked::behind, hosts.registry(), pods::pods, log);
        } catch (RuntimeException e) {
            pods.close();
            throw e;
        }
        tracked.listen(endpoints::changed);
        objects = new HostObjects(hosts.registry(), hostReconciler, settings.timing().setResync(), log);
    }

    /** A host has come, has gone, or is another than before. */
    void hostChanged(String id, String name) {
        objects.changed(id);
        hostReconciler.changed(name);
        workloads.hostChanged(id);
        endpoints.hostChanged(id);
    }

    private void podChanged(String host) {
        if (endpoints != null) { // pods are read before
            endpoints.hostChanged(host);
        }
    }

    @Override
    public void close() {
        tracked.listen((_, _) -> {});
        objects.close();
        endpoints.close();
        pods.close();
    }
}
