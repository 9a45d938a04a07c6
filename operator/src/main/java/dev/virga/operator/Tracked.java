package dev.virga.operator;

import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is known of all workloads, to tell which of them a change elsewhere concerns. */
final class Tracked {

    private record Entry(ResourceID id, WorkloadStatus status, boolean namesConfig) {}

    private final Map<String, Entry> byUid = new ConcurrentHashMap<>();

    void put(WorkloadObject workload, WorkloadStatus status) {
        boolean namesConfig = !workload.spec().findValues("configFrom").isEmpty()
                || !workload.spec().findValues("secretFrom").isEmpty()
                || !workload.spec().findValues("imagePullSecret").isEmpty();
        byUid.put(
                workload.getMetadata().getUid(),
                new Entry(ResourceID.fromResource(workload), status, namesConfig));
    }

    void remove(WorkloadObject workload) {
        byUid.remove(workload.getMetadata().getUid());
    }

    /** Those that are on a host, were there, or are on none. */
    void concernedByHost(String host, Consumer<ResourceID> action) {
        each(e -> e.status().hostId().isEmpty()
                || e.status().hostId().equals(host)
                || e.status().leftOn().contains(host), action);
    }

    /** Those of a namespace that name settings of others. */
    void concernedByConfig(String namespace, Consumer<ResourceID> action) {
        each(e -> e.namesConfig() && e.id().getNamespace().filter(namespace::equals).isPresent(), action);
    }

    /** How many are ready, are placed but not ready, and have no host. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>(Map.of("ready", 0, "placed", 0, "pending", 0));
        byUid.values().forEach(e -> counts.merge(
                e.status().isReady() ? "ready" : e.status().hostId().isEmpty() ? "pending" : "placed", 1, Integer::sum));
        return counts;
    }

    private void each(Predicate<Entry> concerned, Consumer<ResourceID> action) {
        byUid.values().stream().filter(concerned).forEach(e -> action.accept(e.id()));
    }
}
