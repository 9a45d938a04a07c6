package dev.virga.operator;

import dev.virga.operator.endpoints.Replica;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
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

    private record Entry(
            String uid, ResourceID id, WorkloadStatus status, boolean namesConfig, String service, boolean ending) {

        String namespace() {
            return id.getNamespace().orElse("");
        }

        boolean isBehind(String namespace, String service) {
            return this.service.equals(service) && namespace().equals(namespace);
        }

        /** Where it answers, or may soon; one that is not ready there still answers where it was before. */
        Stream<Replica> replicas() {
            Replica.State serving = ending ? Replica.State.ENDING : Replica.State.READY;
            Stream<Replica> now = Stream.of(status.hostId())
                    .filter(host -> !host.isEmpty())
                    .map(host -> new Replica(uid, host, status.isReady() ? serving : Replica.State.NOT_READY));
            if (status.isReady()) {
                return now;
            }
            Stream<Replica> before = status.leftOn().stream()
                    .filter(host -> !status.leftUnready().contains(host))
                    .map(host -> new Replica(uid, host, serving));
            return Stream.concat(now, before);
        }
    }

    private final Map<String, Entry> byUid = new ConcurrentHashMap<>();
    private final Endings endings;
    private volatile BiConsumer<String, String> services = (_, _) -> {};

    Tracked(InstantSource clock) {
        this.endings = new Endings(clock);
    }

    void put(WorkloadObject workload, WorkloadStatus status) {
        boolean namesConfig = !workload.spec().findValues("configFrom").isEmpty()
                || !workload.spec().findValues("secretFrom").isEmpty()
                || !workload.spec().findValues("imagePullSecret").isEmpty();
        String service = workload.field("kubernetes").path("service").path("name").asText("");
        String uid = workload.getMetadata().getUid();
        boolean ending = workload.isMarkedForDeletion();
        if (ending) {
            endings.begin(uid);
        }
        Entry now = new Entry(uid, ResourceID.fromResource(workload), status, namesConfig, service, ending);
        Entry before = byUid.put(uid, now);
        if (before == null || !before.service().equals(service) || before.ending() != ending
                || !isSame(before.status(), status)) {
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
        endings.end(workload.getMetadata().getUid());
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

    /** The workloads behind a service that have a host. */
    List<Replica> behind(String namespace, String service) {
        return byUid.values().stream()
                .filter(e -> e.isBehind(namespace, service))
                .flatMap(Entry::replicas)
                .toList();
    }

    /** The endpoints of a service say what these replicas are at. */
    void told(Collection<Replica> replicas) {
        replicas.stream().filter(r -> r.state() == Replica.State.ENDING).forEach(r -> endings.told(r.workload()));
    }

    /** How long a workload that is to stop goes on, as requests may still come to it. */
    Duration goesOn(String uid, Predicate<String> isGone) {
        boolean asked = Optional.ofNullable(byUid.get(uid))
                .filter(e -> !e.service().isEmpty())
                .stream()
                .flatMap(Entry::replicas)
                .anyMatch(r -> r.state() == Replica.State.ENDING && !isGone.test(r.host()));
        return asked ? endings.left(uid) : Duration.ZERO;
    }

    /** Whether one that is behind the same service is to stop, and leaves its room. */
    boolean oneEndsBeside(String uid) {
        Entry own = byUid.get(uid);
        return own != null && !own.service().isEmpty() && byUid.values().stream()
                .anyMatch(e -> e.ending() && e.isBehind(own.namespace(), own.service()));
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
