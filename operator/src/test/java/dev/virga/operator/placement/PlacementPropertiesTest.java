package dev.virga.operator.placement;

import static dev.virga.operator.placement.Cluster.LARGE;
import static dev.virga.operator.placement.Cluster.MIB;
import static dev.virga.operator.placement.Cluster.STORE;
import static dev.virga.operator.placement.Cluster.host;
import static dev.virga.operator.placement.Cluster.in;
import static dev.virga.operator.placement.Cluster.replica;
import static dev.virga.operator.placement.Cluster.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.placement.Placement.Placed;
import dev.virga.operator.placement.Placement.Unplaceable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What holds for all clusters and requests; the same random ones each time. */
class PlacementPropertiesTest {


    private static List<HostView> hosts(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    HostView host = host("h" + i, "z" + random.nextInt(3));
                    InterfaceSet offered = random.nextInt(4) == 0 ? InterfaceSet.EMPTY : new InterfaceSet(List.of(STORE));
                    Resources capacity = new Resources(random.nextInt(2048) * MIB, random.nextInt(4000));
                    HostCondition[] conditions = HostCondition.values();
                    HostCondition condition = conditions[Math.max(0, random.nextInt(12) - 8)];
                    return in(with(host, offered, capacity), condition);
                })
                .toList();
    }

    private static Resources requests(Random random) {
        return new Resources(random.nextInt(256) * MIB, random.nextInt(500));
    }

    @RepeatedTest(20)
    void nothingIsOverCommittedAndReasonsAddUpToTheHosts(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<HostView> hosts = hosts(random, 1 + random.nextInt(40));
        Map<String, HostView> byId = new HashMap<>();
        hosts.forEach(h -> byId.put(h.id(), h));
        Assignments assignments = new Assignments(InstantSource.system());
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            String id = Integer.toString(random.nextInt(300));
            if (random.nextInt(4) == 0) {
                assignments.release(id);
                continue;
            }
            switch (assignments.place(id, replica("s" + random.nextInt(9), i, requests(random)), hosts)) {
                case Placed(HostView host) -> {
                    assertEquals(HostCondition.READY, byId.get(host.id()).condition());
                    assertTrue(host.interfaces().offers(new InterfaceSet.Import(STORE)));
                }
                case Unplaceable unplaceable -> {
                    refused++;
                    assertEquals(hosts.size(), unplaceable.hosts());
                    assertTrue(unplaceable.reasons().values().stream().allMatch(n -> n > 0));
                }
            }
        }
        for (HostView host : hosts) {
            Resources requested = assignments.load(host.id()).requested();
            assertTrue(requested.memory() <= host.capacity().memory(), host::toString);
            assertTrue(requested.milliCpu() <= host.capacity().milliCpu(), host::toString);
        }
        assertTrue(refused > 0, "the run is too easy to say anything");
    }

    @RepeatedTest(20)
    void replicasOnEqualHostsDifferByOneAtMost(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int zones = 1 + random.nextInt(4);
        int perZone = 1 + random.nextInt(5);
        List<HostView> hosts = IntStream.range(0, zones * perZone)
                .mapToObj(i -> host("h" + i, "z" + i % zones))
                .toList();
        Assignments assignments = new Assignments(InstantSource.system());
        int replicas = random.nextInt(60);
        boolean oneSet = random.nextBoolean();
        for (int i = 0; i < replicas; i++) {
            PlacementRequest request = replica(oneSet ? "s" : "s" + i, i, new Resources(MIB, 1));
            assertInstanceOf(Placed.class, assignments.place("w" + i, request, hosts));
        }
        within1(hosts, assignments, HostView::id);
        if (oneSet) {
            within1(hosts, assignments, h -> h.zone().orElseThrow());
        }
    }

    private static void within1(List<HostView> hosts, Assignments assignments, Function<HostView, String> group) {
        Map<String, Integer> counts = new HashMap<>();
        hosts.forEach(h -> counts.merge(group.apply(h), assignments.load(h.id()).workloads(), Integer::sum));
        assertTrue(Collections.max(counts.values()) - Collections.min(counts.values()) <= 1, counts::toString);
    }

    @RepeatedTest(20)
    void theOrderOfHostsDoesNotMatter(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<HostView> hosts = hosts(random, 30);
        List<HostView> shuffled = new ArrayList<>(hosts);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(shuffled, random);
            PlacementRequest request = replica("s" + i, i, requests(random));
            assertEquals(Scheduler.place(request, hosts), Scheduler.place(request, shuffled));
        }
    }

    @Test
    void aPlaceIsKeptAndGivenUp() {
        List<HostView> hosts = List.of(host("h1", "a"), host("h2", "a"));
        Assignments assignments = new Assignments(InstantSource.system());
        PlacementRequest request = replica("s", 0, new Resources(4096 * MIB, 0));
        String first = ((Placed) assignments.place("w", request, hosts)).host().id();
        assertEquals(first, ((Placed) assignments.place("w", request, hosts)).host().id());
        List<HostView> left = hosts.stream().filter(h -> !h.id().equals(first)).toList();
        String second = ((Placed) assignments.place("w", request, left)).host().id();
        assertEquals(left.getFirst().id(), second, "the first one's host is gone");
        assertEquals(HostLoad.NONE, assignments.load(first));
        assertEquals(java.util.Set.of("w"), assignments.on(second));
        assignments.release("w");
        assertEquals(HostLoad.NONE, assignments.load(second));
        assertTrue(assignments.of("w").isEmpty());
    }

    @Test
    void whereASetHasFailedComesLastForAWhile() {
        List<HostView> hosts = List.of(host("h1", "a"), host("h2", "a"));
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Assignments assignments = new Assignments(now::get);
        PlacementRequest request = replica("s", 0, Resources.NONE);
        String first = ((Placed) assignments.place("w", request, hosts)).host().id();
        assignments.failed("w");
        assertTrue(assignments.of("w").isEmpty());
        String second = ((Placed) assignments.place("w", request, hosts)).host().id();
        assertNotEquals(first, second);
        assignments.failed("w");
        assignments.failed("w");
        List<HostView> one = hosts.stream().filter(h -> h.id().equals(second)).toList();
        assertEquals(second, ((Placed) assignments.place("w", request, one)).host().id(), "it is still better than none");
        assignments.failed("w");
        assertEquals(first, ((Placed) assignments.place("w", request, hosts)).host().id(), "it has failed there once only");
        assignments.failed("w");
        now.set(Instant.EPOCH.plus(Failures.REMEMBERED).plusSeconds(1));
        assertEquals(first, ((Placed) assignments.place("w", request, hosts)).host().id(), "as in the beginning");
    }

    @Test
    void aThousandPlacementsOnFiveHundredHostsTakeNoTime() {
        List<HostView> hosts = IntStream.range(0, 500).mapToObj(i -> host("h" + i, "z" + i % 3)).toList();
        Assignments assignments = new Assignments(InstantSource.system());
        for (int i = 0; i < 20_000; i++) {
            assignments.assign("old" + i, "h" + i % 500, replica("o" + i % 2000, i, new Resources(MIB, 1)));
        }
        place(assignments, hosts, "warm", 200);
        long begun = System.nanoTime();
        place(assignments, hosts, "new", 1000);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
        assertEquals(LARGE, hosts.getFirst().capacity());
    }

    private static void place(Assignments assignments, List<HostView> hosts, String set, int count) {
        for (int i = 0; i < count; i++) {
            PlacementRequest request = replica(set + i % 100, i, new Resources(MIB, 1));
            assertInstanceOf(Placed.class, assignments.place(set + i, request, hosts));
        }
    }
}
