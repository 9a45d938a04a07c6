package dev.virga.operator.endpoints;

import dev.virga.operator.hosts.Host;
import dev.virga.operator.hosts.HostRegistry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps the endpoints of all services that workloads name: they follow workloads, hosts and their pods, and the services
 * themselves.
 */
public final class ServiceEndpoints implements AutoCloseable {

    private record Key(String namespace, String service) {}

    private final BiFunction<String, String, Collection<Replica>> replicas;
    private final HostRegistry hosts;
    private final Supplier<Collection<Pod>> pods;
    private final Consumer<Collection<Replica>> told;
    private final EndpointKeeper keeper;
    private final List<SharedIndexInformer<Service>> informers = new ArrayList<>();

    /** What is behind each service that has workloads, or may have had, as it was last asked for. Guarded by this. */
    private final Map<Key, Collection<Replica>> behind = new HashMap<>();

    /**
     * Has read the services when it returns. Endpoints that an operator has left behind are looked at then.
     *
     * @param namespaces of workloads; empty for all
     * @param replicas the workloads that name a service, by its namespace and name
     * @param told what the slices of a service say of its replicas now
     * @param pods that hosts may be in
     * @param refused told once of each service whose endpoints are not workloads', as it has a selector
     * @param log for people; one line
     */
    public ServiceEndpoints(
            KubernetesClient client,
            Set<String> namespaces,
            BiFunction<String, String, Collection<Replica>> replicas,
            Consumer<Collection<Replica>> told,
            HostRegistry hosts,
            Supplier<Collection<Pod>> pods,
            Consumer<Service> refused,
            Consumer<String> log) {
        this.replicas = replicas;
        this.told = told;
        this.hosts = hosts;
        this.pods = pods;
        this.keeper = new EndpointKeeper(client, this::targets, this::written, refused, log);
        try {
            in(namespaces, client.resources(Service.class)).forEach(services -> informers.add(services.inform(new Services())));
            in(namespaces, client.resources(EndpointSlice.class)).forEach(slices -> {
                slices.withLabel(SlicePlan.MANAGED_BY, SlicePlan.MANAGER).list().getItems().forEach(this::look);
                slices.withLabel(EndpointSlices.WASMCLOUD).list().getItems().forEach(this::look);
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static <T extends HasMetadata, L extends KubernetesResourceList<T>>
            List<? extends FilterWatchListDeletable<T, L, Resource<T>>> in(
                    Set<String> namespaces, MixedOperation<T, L, Resource<T>> all) {
        return namespaces.isEmpty()
                ? List.of(all.inAnyNamespace())
                : namespaces.stream().map(all::inNamespace).toList();
    }

    private void look(EndpointSlice slice) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        Optional.ofNullable(labels.get(SlicePlan.SERVICE))
                .ifPresent(service -> changed(slice.getMetadata().getNamespace(), service));
    }

    /** A workload that names a service is there, has become ready or not, has moved or is gone. */
    public void changed(String namespace, String service) {
        synchronized (this) {
            behind.putIfAbsent(new Key(namespace, service), List.of());
        }
        keeper.changed(namespace, service);
    }

    /** A host has come, changed or gone, or its pod has. */
    public void hostChanged(String id) {
        List<Key> affected;
        synchronized (this) {
            affected = behind.entrySet().stream()
                    .filter(e -> e.getValue().stream().anyMatch(r -> r.host().equals(id)))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        affected.forEach(key -> keeper.changed(key.namespace(), key.service()));
    }

    /** Empty while a host has yet to report: what an operator before this one has written of it is still right. */
    private Optional<Collection<Target>> targets(String namespace, String service) {
        Collection<Replica> all = replicas.apply(namespace, service);
        synchronized (this) {
            if (all.isEmpty()) {
                behind.remove(new Key(namespace, service));
            } else {
                behind.put(new Key(namespace, service), all);
            }
        }
        List<Host> reported = hosts.hosts();
        Set<String> ids = reported.stream().map(Host::id).collect(Collectors.toSet());
        boolean waits = all.stream().map(Replica::host).anyMatch(id -> !ids.contains(id) && hosts.isKnown(id));
        return waits ? Optional.empty() : Optional.of(Targets.of(all, reported, pods.get()));
    }

    /** Of the targets that were asked for last: a service is written by one at a time. */
    private void written(String namespace, String service) {
        Collection<Replica> last;
        synchronized (this) {
            last = behind.getOrDefault(new Key(namespace, service), List.of());
        }
        told.accept(last);
    }

    private synchronized boolean isNamed(Key key) {
        return behind.containsKey(key);
    }

    private final class Services implements ResourceEventHandler<Service> {

        @Override
        public void onAdd(Service service) {
            look(service);
        }

        @Override
        public void onUpdate(Service before, Service service) {
            if (!before.getSpec().equals(service.getSpec())) {
                look(service);
            }
        }

        /** Its slices go with it. */
        @Override
        public void onDelete(Service service, boolean unknown) {}

        private void look(Service service) {
            Key key = new Key(service.getMetadata().getNamespace(), service.getMetadata().getName());
            if (isNamed(key)) {
                keeper.changed(key.namespace(), key.service());
            }
        }
    }

    @Override
    public void close() {
        informers.reversed().forEach(SharedIndexInformer::close);
        keeper.close();
    }
}
