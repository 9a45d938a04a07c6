package dev.virga.operator;

import dev.virga.operator.endpoints.Replica;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is known of all workloads, to tell which of them a change elsewhere concerns. */
final class Tracked {

    private record Entry(ResourceID id, WorkloadStatus status, boolean namesConfig, String service) {

        String namespace() {
            return id.getNamespace().orElse("");
        }
    }

    private final Map<String, Entry> byUid = new ConcurrentHashMap<>();
    private volatile BiConsumer<String, String> services = (_, _) -> {};

    void put(WorkloadObject workload, WorkloadStatus status) {
        boolean namesConfig = !workload.spec().findValues("configFrom").isEmpty()
                || !workload.spec().findValues("secretFrom").isEmpty()
                || !workload.spec().findValues("imagePullSecret").isEmpty();
        String service = workload.field("kubernetes").path("service").path("name").asText("");
        Entry now = new Entry(ResourceID.fromResource(workload), status, namesConfig, service);
        Entry before = byUid.put(workload.getMetadata().getUid(), now);
        if (before == null || !before.service().equals(service) || !isSame(before.status(), status)) {
            tell(now);
            Optional.ofNullable(before).filter(b -> !b.service().equals(service)).ifPresent(this::tell);
        }
    }

    private static boolean isSame(WorkloadStatus a, WorkloadStatus b) {
        return a.isReady() == b.isReady() && a.hostId().equals(b.hostId()) && a.leftOn().equals(b.leftOn())
                && a.leftUnready().equals(b.leftUnready());
    }

    void remove(WorkloadObject workload) {
        Optional.ofNullable(byUid.remove(workload.getMetadata().getUid())).ifPresent(this::tell);
    }

    private void tell(Entry entry) {
        if (!entry.service().isEmpty()) {
            services.accept(entry.namespace(), entry.service());
        }
    }

    /**
     * @param listener told of services, by namespace and name: now of all, then of those whose workloads are others, or
     *     elsewhere, or ready
     */
    void listen(BiConsumer<String, String> listener) {
        services = listener;
        byUid.values().forEach(this::tell);
    }

    /** The workloads behind a service that have a host; one that is not ready there still answers where it was before. */
    List<Replica> behind(String namespace, String service) {
        return byUid.values().stream()
                .filter(e -> e.service().equals(service) && e.namespace().equals(namespace))
                .flatMap(e -> replicas(e.status()))
                .toList();
    }

    private static Stream<Replica> replicas(WorkloadStatus status) {
        Stream<Replica> now = Stream.of(new Replica(status.hostId(), status.isReady()))
                .filter(r -> !r.host().isEmpty());
        if (status.isReady()) {
            return now;
        }
        Stream<Replica> before = status.leftOn().stream()
                .filter(host -> !status.leftUnready().contains(host))
                .map(host -> new Replica(host, true));
        return Stream.concat(now, before);
    }

    /** Whether a workload, by its uid, is on a host, or was left there. */
    boolean isOn(String uid, String host) {
        return Optional.ofNullable(byUid.get(uid))
                .filter(e -> e.status().hostId().equals(host) || e.status().leftOn().contains(host))
                .isPresent();
    }

    /** Those that are on a host, were there, or are on none. */
    void concernedByHost(String host, Consumer<ResourceID> action) {
        each(e -> e.status().hostId().isEmpty()
                || e.status().hostId().equals(host)
                || e.status().leftOn().contains(host), action);
    }

    /** Those of a namespace that name settings of others. */
    void concernedByConfig(String namespace, Consumer<ResourceID> action) {
        each(e -> e.namesConfig() && e.namespace().equals(namespace), action);
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
