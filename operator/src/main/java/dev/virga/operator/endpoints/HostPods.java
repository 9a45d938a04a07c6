package dev.virga.operator.endpoints;

import dev.virga.operator.hosts.Host;
import dev.virga.operator.hosts.HostRegistry;
import dev.virga.operator.placement.HostCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The pods that hosts are in, and what Kubernetes knows of them: a host whose pod is being deleted drains, and one whose
 * pod is gone or has ended is lost at once.
 */
public final class HostPods implements AutoCloseable {

    /** Label of the pods that hosts are in. */
    private static final String LABEL = "wasmcloud.com/hostgroup";

    /** wasmCloud's operator puts it on these pods; one that it has left behind would keep them for ever. */
    private static final String FINALIZER = "runtime.wasmcloud.dev/pod-host-finalizer";

    private final KubernetesClient client;
    private final HostRegistry hosts;
    private final Consumer<String> log;
    private final List<SharedIndexInformer<Pod>> informers = new ArrayList<>();
    private volatile Consumer<String> changed = _ -> {};

    /**
     * Has read the pods when it returns.
     *
     * @param namespaces of hosts' pods; whoever may make pods there may speak for hosts
     * @param log for people; one line
     */
    public HostPods(
            KubernetesClient client,
            Set<String> namespaces,
            HostRegistry hosts,
            Consumer<String> log) {
        this.client = client;
        this.hosts = hosts;
        this.log = log;
        try {
            namespaces.forEach(namespace -> informers.add(
                    client.pods().inNamespace(namespace).withLabel(LABEL).inform(new Handler())));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param listener told the id of a host whose pod changes from now on; returns soon */
    public void listen(Consumer<String> listener) {
        changed = listener;
    }

    public List<Pod> pods() {
        return informers.stream().flatMap(i -> i.getStore().list().stream()).toList();
    }

    private final class Handler implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            look(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            if (Targets.hasEnded(pod)) {
                of(before).forEach(host -> hosts.gone(host.id(), "its pod " + name(pod) + " has ended"));
            }
            look(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            of(pod).forEach(host -> hosts.gone(host.id(), "its pod " + name(pod) + " was deleted"));
        }
    }

    private void look(Pod pod) {
        List<Host> inside = of(pod);
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            inside.forEach(host -> hosts.mark(host.id(), HostCondition.DRAINING));
        }
        if (pod.getMetadata().getDeletionTimestamp() != null
                && pod.getMetadata().getFinalizers().contains(FINALIZER)) {
            Thread.ofVirtual().name("finalizer of " + name(pod)).start(() -> release(pod)); // informers must not wait
        }
        inside.forEach(host -> changed.accept(host.id()));
    }

    /** None if it has ended. */
    private List<Host> of(Pod pod) {
        return hosts.hosts().stream()
                .filter(host -> Targets.isIn(host.heartbeat().hostname(), pod))
                .toList();
    }

    private void release(Pod pod) {
        try {
            client.resource(pod).edit(now -> {
                now.getMetadata().getFinalizers().remove(FINALIZER);
                return now;
            });
        } catch (KubernetesClientException e) { // the next event of the pod is another chance
            log.accept("the finalizer of pod " + name(pod) + " cannot be removed (the operator has to be allowed to patch"
                    + " pods: the chart's operator.wasmcloudPods): " + e.getMessage());
        }
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    @Override
    public void close() {
        informers.reversed().forEach(SharedIndexInformer::close);
    }
}
