package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where workloads go, and what becomes of them when hosts fail. */
abstract class PlacementContract extends OperatorFixture {

    @Test
    void hostsThatReportAreObjectsAndGoneOnesAreNot() {
        String name = "host-a-" + namespace;
        HostObject host = client.resources(HostObject.class).inNamespace(SYSTEM).withName(name)
                .waitUntilCondition(h -> h != null && h.status().isReady(), 30, TimeUnit.SECONDS);
        assertEquals(List.of("Reporting", "Ready"), types(host.status()));
        assertEquals("a-" + namespace, host.hostId());
        assertEquals("default", host.getMetadata().getLabels().get("hostgroup"));
        assertEquals(8L << 30, host.status().systemMemoryTotal());
        hosts.removeFirst().close();
        client.resources(HostObject.class).inNamespace(SYSTEM).withName(name)
                .waitUntilCondition(java.util.Objects::isNull, 30, TimeUnit.SECONDS);
    }

    @Test
    void aWorkloadThatFailsHasItsTimeAfterEachStart() {
        apply(deployment("shop", 1, "bad", ""));
        until(() -> workloads().stream().anyMatch(w -> w.status().condition("Sync")
                .filter(c -> c.reason().equals("Failed")).isPresent()));
        WorkloadObject first = workloads().getFirst();
        String since = first.status().condition("Sync").orElseThrow().lastTransitionTime();
        until(WorkloadObject.class, first.getMetadata().getName(), w -> w.status().condition("Sync")
                .filter(c -> c.reason().equals("Failed") && !c.lastTransitionTime().equals(since)).isPresent());
        assertEquals(2, hosts.stream().mapToInt(SimulatedHost::starts).sum());
    }

    @Test
    void aWorkloadThatNoHostFitsSaysWhichConstraintFails() {
        apply(workload("alone", "poolSize: 1") + "  hostInterfaces: [{namespace: acme, package: db, interfaces: [sql]}]\n");
        WorkloadObject waiting = until(WorkloadObject.class, "alone", w -> w.status().condition("HostSelection")
                .filter(c -> c.status().equals("False")).isPresent());
        String message = waiting.status().condition("HostSelection").orElseThrow().message();
        assertTrue(message.contains("3 lack acme:db/sql"), message);
    }

    @Test
    void noHostGetsMoreThanItHasRoomFor() {
        apply(deployment("shop", 4, "1", "virga: {requests: {memory: 5Gi}}")); // hosts have 8
        until(() -> running("1") == 3);
        until(() -> workloads().stream().anyMatch(w -> w.status().condition("HostSelection")
                .filter(c -> c.message().contains("3 have no 5Gi of memory left")).isPresent()));
        assertTrue(hosts.stream().allMatch(h -> h.running().size() == 1));
    }

    @Test
    void workloadsOfALostHostRunElsewhereAndAreStoppedWhereItComesBack() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        SimulatedHost lost = hosts.getFirst();
        lost.cutOff(true);
        until(() -> hosts.get(1).running().size() + hosts.get(2).running().size() == 3);
        assertEquals(1, lost.running().size());
        lost.cutOff(false);
        until(() -> lost.running().isEmpty());
        ready("shop");
    }

    @Test
    void aWorkloadIsNotAskedForMoreOftenBecauseAHostThatItWasOnIsGone() {
        apply(deployment("shop", 1, "1", ""));
        ready("shop");
        String name = workloads().getFirst().getMetadata().getName();
        SimulatedHost lost = hosts.stream().filter(h -> !h.running().isEmpty()).findFirst().orElseThrow();
        lost.cutOff(true);
        until(WorkloadObject.class, name, w -> w.status().isReady() && w.status().leftOn().contains(lost.id())
                && w.status().leftUnready().isEmpty());
        int before = looks();
        long start = System.nanoTime();
        until(() -> looks() >= before + 8);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(TIMING.resync().multipliedBy(4)) > 0, took::toString); // some looks have other reasons
        lost.cutOff(false);
        until(() -> lost.running().isEmpty());
    }

    @Test
    void hostsThatDiedBeforeAnOperatorStartedKeepNoneFromBeingGivenUp() throws Exception {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        operator.close();
        for (WorkloadObject workload : workloads()) {
            List<String> dead = IntStream.range(0, 8).mapToObj(i -> workload.getMetadata().getName() + "-" + i).toList();
            WorkloadStatus was = workload.status();
            workload.setStatus(new WorkloadStatus(
                    was.conditions(), was.hostId(), was.environment(), was.workloadId(), dead, List.of(), was.startedAs()));
            client.resource(workload).updateStatus();
        }
        operator = operator();
        hosts.removeFirst().close();
        until(() -> hosts.stream().mapToInt(h -> h.running().size()).sum() == 3);
    }

    @Test
    void whatFailsOnOneHostIsTriedOnAnother() {
        apply(deployment("shop", 1, "1", ""));
        ready("shop");
        SimulatedHost host = hosts.stream().filter(h -> !h.running().isEmpty()).findFirst().orElseThrow();
        host.broken(true);
        until(() -> host.running().isEmpty() && running("1") == 1);
        ready("shop");
        assertEquals(2, hosts.stream().mapToInt(SimulatedHost::starts).sum());
    }

    @Test
    void aHostThatReportsButDoesNotListenKeepsNothing() {
        hosts.get(0).deafen();
        hosts.get(1).deafen();
        apply(deployment("shop", 3, "1", ""));
        until(() -> hosts.get(2).running().size() == 3);
        ready("shop");
        List<WorkloadStatus> moved = workloads().stream().map(WorkloadObject::status).filter(w -> !w.leftOn().isEmpty()).toList();
        assertFalse(moved.isEmpty());
        moved.forEach(w -> assertEquals(w.leftOn(), w.leftUnready(), "they never ran there"));
        hosts.removeFirst().close(); // what may run on a host is not gone before the host is
        hosts.removeFirst().close();
    }

    @Test
    void aDeletedHostObjectDrainsItsHost() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        client.resources(HostObject.class).inNamespace(SYSTEM).withName("host-a-" + namespace).delete();
        until(() -> hosts.getFirst().running().isEmpty());
        until(() -> hosts.get(1).running().size() + hosts.get(2).running().size() == 3);
    }

    @Test
    void anOutageOfNatsChangesNothing() throws Exception {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        nats.kill();
        Thread.sleep(SimulatedHost.INTERVAL.multipliedBy(10)); // long enough to give any host up
        assertEquals(3, running("1"));
        assertTrue(workloads().stream().allMatch(w -> w.status().isReady()), "what runs is taken to run");
        nats.start();
        apply(deployment("shop", 4, "1", ""));
        until(() -> running("1") == 4);
        assertEquals(4, hosts.stream().mapToInt(SimulatedHost::starts).sum(), "nothing was moved");
    }
}
