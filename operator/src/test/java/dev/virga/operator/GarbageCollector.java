package dev.virga.operator;

import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;

/** Deletes what a deleted object owned: neither the mock server nor an API server alone does. */
final class GarbageCollector implements AutoCloseable {

    private final KubernetesClient client;
    private final List<SharedIndexInformer<?>> informers;

    GarbageCollector(KubernetesClient client) {
        this.client = client;
        this.informers = List.of(
                onDelete(DeploymentObject.class, ReplicaSetObject.class),
                onDelete(ReplicaSetObject.class, WorkloadObject.class),
                orphans(DeploymentObject.class, ReplicaSetObject.class),
                orphans(ReplicaSetObject.class, WorkloadObject.class));
    }

    private <O extends HasMetadata, D extends HasMetadata> SharedIndexInformer<O> onDelete(
            Class<O> owner, Class<D> dependent) {
        return client.resources(owner).inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(O object) {}

            @Override
            public void onUpdate(O before, O object) {}

            @Override
            public void onDelete(O object, boolean stateUnknown) {
                Thread.ofVirtual().start(() -> client.resources(dependent)
                        .inNamespace(object.getMetadata().getNamespace())
                        .list()
                        .getItems()
                        .stream()
                        .filter(d -> Writes.isOwnedBy(d, object))
                        .forEach(d -> client.resource(d).delete()));
            }
        });
    }

    /** Made for an owner that has gone meanwhile. */
    private <O extends HasMetadata, D extends HasMetadata> SharedIndexInformer<D> orphans(
            Class<O> owner, Class<D> dependent) {
        return client.resources(dependent).inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(D object) {
                Thread.ofVirtual().start(() -> {
                    String namespace = object.getMetadata().getNamespace();
                    boolean orphan = object.getMetadata().getOwnerReferences().stream()
                            .anyMatch(o -> client.resources(owner).inNamespace(namespace).withName(o.getName()).get() == null);
                    if (orphan) {
                        client.resource(object).delete();
                    }
                });
            }

            @Override
            public void onUpdate(D before, D object) {}

            @Override
            public void onDelete(D object, boolean stateUnknown) {}
        });
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
