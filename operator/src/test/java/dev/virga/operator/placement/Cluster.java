package dev.virga.operator.placement;

import dev.virga.wit.Id;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hosts and requests of tests. */
final class Cluster {

    static final long MIB = 1 << 20;
    static final Resources LARGE = new Resources(4096 * MIB, 4000);
    static final Id STORE = id("wasi:keyvalue/store@0.2.0-draft");

    private Cluster() {}

    static Id id(String text) {
        return Id.parse(text).orElseThrow();
    }

    static HostView host(String id, String zone) {
        return new HostView(
                id,
                "virga-" + id,
                Map.of("disk", "ssd"),
                Optional.of("shop"),
                Optional.of(zone),
                new InterfaceSet(List.of(STORE)),
                LARGE,
                Resources.NONE,
                HostLoad.NONE,
                HostCondition.READY,
                Instant.EPOCH);
    }

    static HostView in(HostView h, HostCondition condition) {
        return new HostView(
                h.id(), h.name(), h.labels(), h.environment(), h.zone(), h.interfaces(), h.capacity(), h.used(), h.load(),
                condition, h.lastHeartbeat());
    }

    static HostView with(HostView h, InterfaceSet interfaces, Resources capacity) {
        return new HostView(
                h.id(), h.name(), h.labels(), h.environment(), h.zone(), interfaces, capacity, h.used(), h.load(),
                h.condition(), h.lastHeartbeat());
    }

    static PlacementRequest replica(String set, int number, Resources requests) {
        return new PlacementRequest(
                "acme", set + "-" + number, set, Map.of("disk", "ssd"), Optional.of("shop"), List.of(STORE), requests,
                Set.of("registry/" + set + ":1"));
    }

    static PlacementRequest importing(String... imports) {
        return new PlacementRequest(
                "acme", "w", "w", Map.of(), Optional.empty(), List.of(imports).stream().map(Cluster::id).toList(),
                Resources.NONE, Set.of());
    }
}
