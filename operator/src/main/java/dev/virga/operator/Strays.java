package dev.virga.operator;

import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.operator.hosts.Host;
import dev.virga.operator.hosts.HostException;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Stops what hosts that come back still run, and should not: workloads that were deleted, or placed elsewhere, while a
 * host was cut off. It goes by what the host says it runs and by what the cluster says is wanted, so that it does not
 * matter which operator has given the host up.
 */
final class Strays implements AutoCloseable {

    /** Hosts that are looked at at the same time. */
    private static final int AT_A_TIME = 16;

    private final Shared shared;
    private final KubernetesClient client;
    private final Tracked tracked;
    private final Consumer<String> log;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final Set<Thread> looking = ConcurrentHashMap.newKeySet();

    Strays(Shared shared, KubernetesClient client, Tracked tracked, Consumer<String> log) {
        this.shared = shared;
        this.client = client;
        this.tracked = tracked;
        this.log = log;
        shared.hosts().registry().hosts().forEach(this::look);
    }

    /** A host has come. Returns at once. */
    void look(Host host) {
        Thread thread = Thread.ofVirtual().name("strays on " + host.id()).unstarted(() -> {
            try {
                look(host.id());
            } finally {
                looking.remove(Thread.currentThread());
            }
        });
        looking.add(thread);
        thread.start();
    }

    private void look(String host) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            return; // closed
        }
        try {
            shared.hosts().commands().list(host).stream()
                    .filter(placed -> !tracked.isOn(placed.workloadId(), host))
                    .filter(placed -> isStray(placed, host))
                    .forEach(placed -> stop(placed, host));
        } catch (HostException e) {
            // it does not tell, as wasmCloud's do not
        } catch (KubernetesClientException e) {
            log.accept("what host " + host + " runs cannot be compared with what it should: " + e.getMessage());
        } finally {
            free.release();
        }
    }

    /** Not by what is cached, which may be older than what runs. */
    private boolean isStray(PlacedWorkload placed, String host) {
        Set<String> namespaces = shared.settings().namespaces();
        if (!namespaces.isEmpty() && !namespaces.contains(placed.namespace())) {
            return false; // another operator's
        }
        WorkloadObject object = client.resources(WorkloadObject.class)
                .inNamespace(placed.namespace())
                .withName(placed.name())
                .get();
        if (object == null || !object.getMetadata().getUid().equals(placed.workloadId())) {
            return true;
        }
        WorkloadStatus status = object.status();
        return !status.hostId().isEmpty() && !status.hostId().equals(host) && !status.leftOn().contains(host);
    }

    private void stop(PlacedWorkload placed, String host) {
        shared.hosts().commands().stop(host, placed.workloadId());
        log.accept("workload " + placed.namespace() + "/" + placed.name() + " is stopped on host " + host
                + ", which should not run it any more");
    }

    @Override
    public void close() {
        Set<Thread> last = Set.copyOf(looking);
        last.forEach(Thread::interrupt);
        try {
            for (Thread thread : last) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
