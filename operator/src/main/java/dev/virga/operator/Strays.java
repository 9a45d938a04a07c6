package dev.virga.operator;

import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.operator.hosts.Host;
import dev.virga.operator.hosts.HostException;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
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

    /** Workloads that are read at the same time. */
    private static final int AT_A_TIME = 16;

    private static final int TRIES = 10;

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
                lookUntilClear(host);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closed
            } finally {
                looking.remove(Thread.currentThread());
            }
        });
        looking.add(thread);
        thread.start();
    }

    /** What was stopped the host does not list again. */
    private void lookUntilClear(Host host) throws InterruptedException {
        for (int tries = 0; tries < TRIES; Thread.sleep(shared.timing().unplaceable())) {
            List<String> failures;
            try {
                failures = failures(host.id());
                tries++;
            } catch (HostException.NotConnected e) {
                continue; // no host is to blame
            } catch (HostException e) {
                if (tellsNothing(host, e)) {
                    return;
                }
                failures = List.of(e.getMessage());
                tries++;
            }
            if (failures.isEmpty()) {
                return;
            }
            if (tries == TRIES) {
                log.accept("host " + host.id() + " may still run what it should not: " + failures.getFirst()
                        + (failures.size() > 1 ? "; and " + (failures.size() - 1) + " more" : ""));
            }
        }
    }

    /** One that is gone again is looked at when it is back. */
    private static boolean tellsNothing(Host host, HostException why) {
        return why instanceof HostException.Absent || (why instanceof HostException.TimedOut && !host.listsWorkloads());
    }

    private List<String> failures(String host) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        for (PlacedWorkload placed : shared.hosts().commands().list(host)) {
            try {
                if (!tracked.isOn(placed.workloadId(), host) && isStray(placed, host)) {
                    stop(placed, host);
                }
            } catch (HostException e) {
                failures.add(placed.namespace() + "/" + placed.name() + ": " + e.getMessage());
            } catch (KubernetesClientException e) {
                failures.add(placed.namespace() + "/" + placed.name() + " cannot be compared with what the host should"
                        + " run: " + e.getMessage());
            }
        }
        return failures;
    }

    /** Not by what is cached, which may be older than what runs. */
    private boolean isStray(PlacedWorkload placed, String host) throws InterruptedException {
        Set<String> namespaces = shared.settings().namespaces();
        if (!namespaces.isEmpty() && !namespaces.contains(placed.namespace())) {
            return false; // another operator's
        }
        WorkloadObject object = read(placed);
        if (object == null || !object.getMetadata().getUid().equals(placed.workloadId())) {
            // Without an object only the mark tells whose it is; another scheduler may use the same hosts.
            return !shared.scheduler().isEmpty() && placed.scheduler().equals(shared.scheduler());
        }
        WorkloadStatus status = object.status();
        return !status.hostId().isEmpty() && !status.hostId().equals(host) && !status.leftOn().contains(host);
    }

    /** Null if there is none. */
    private WorkloadObject read(PlacedWorkload placed) throws InterruptedException {
        free.acquire();
        try {
            return client.resources(WorkloadObject.class)
                    .inNamespace(placed.namespace())
                    .withName(placed.name())
                    .get();
        } finally {
            free.release();
        }
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
