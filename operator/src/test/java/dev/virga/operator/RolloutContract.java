package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.ReplicaSetStatus;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How deployments replace, size and stop their workloads. */
abstract class RolloutContract extends OperatorFixture {

    @Test
    void aDeploymentRunsAsOftenAsItAsksForAndSaysSo() {
        apply(deployment("shop", 3, "1", ""));
        DeploymentObject shop = ready("shop");
        assertEquals(List.of("Artifact", "Sync", "Deploy", "Scale", "Ready"), types(shop.status()));
        assertEquals(3, shop.status().replicas().ready());
        assertEquals(3, shop.status().currentReplicas());
        assertEquals("runtime.wasmcloud.dev/workload-deployment=shop", shop.status().selector());
        assertEquals(3, running("1"));

        ReplicaSetObject set = sets().getFirst();
        assertEquals(List.of("ScaleUp", "ScaleDown", "Ready"), types(set.status()));
        assertEquals("shop", set.getMetadata().getLabels().get("runtime.wasmcloud.dev/workload-deployment"));
        assertEquals("shop", set.getMetadata().getLabels().get("app"));
        for (WorkloadObject workload : workloads()) {
            assertEquals(
                    List.of("Config", "HostSelection", "Placement", "Sync", "Ready"), types(workload.status()));
            assertEquals(workload.getMetadata().getUid(), workload.status().workloadId());
            assertTrue(workload.getMetadata().getFinalizers().contains("runtime.wasmcloud.dev/workload-finalizer"));
            assertEquals("web", workload.getMetadata().getLabels().get("tier"));
        }
        assertTrue(hosts.stream().allMatch(h -> h.running().size() == 1), "they are spread");
    }

    @Test
    void anUpdateReplacesAllAndKeepsTheOldRevision() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        apply(deployment("shop", 3, "2", ""));
        ready("shop");
        assertEquals(3, running("2"));
        until(() -> running("1") == 0);
        assertEquals(2, sets().size());
        until(DeploymentObject.class, "shop", d -> Revisions.number(d) == 2);
        assertEquals(List.of(0, 3), sets().stream().map(Replicas::of).sorted().toList());
    }

    @Test
    void aRolloutThatDoesNotGetReadyIsTakenBack() {
        apply(deployment("shop", 2, "1", "virga: {rollout: {progressDeadline: 2s}}"));
        ready("shop");
        apply(deployment("shop", 2, "bad", "virga: {rollout: {progressDeadline: 2s}}"));
        DeploymentObject shop = until(DeploymentObject.class, "shop", d -> d.status().condition("Sync")
                .filter(c -> c.reason().equals("RolledBack")).isPresent() && d.status().isTrue("Scale"));
        assertEquals("False", shop.status().condition("Sync").orElseThrow().status());
        assertFalse(shop.status().isReady());
        assertEquals(2, running("1"));
        until(() -> running("bad") == 0);

        apply(deployment("shop", 2, "3", "virga: {rollout: {progressDeadline: 2s}}"));
        ready("shop");
        assertEquals(2, running("3"));
    }

    @Test
    void aRolloutIsTakenBackToARevisionThatNeverHadAllReady() {
        String more = "virga: {requests: {memory: 5Gi}, rollout: {progressDeadline: 2s}}"; // hosts have 8
        apply(deployment("shop", 4, "1", more));
        until(DeploymentObject.class, "shop", d -> d.status().replicas().ready() == 3);
        apply(deployment("shop", 4, "bad", more));
        until(DeploymentObject.class, "shop", d -> d.status().condition("Sync")
                .filter(c -> c.reason().equals("RolledBack") && c.message().contains("revision 1 runs")).isPresent());
        until(() -> running("1") == 3 && running("bad") == 0);
    }

    @Test
    void asManyReadyAsARolloutAsksForAreARevisionThatHasWorked() {
        apply(deployment("shop", 4, "1", "virga: {requests: {memory: 5Gi}, rollout: {maxUnavailable: 1}}"));
        until(() -> sets().stream().anyMatch(Revisions::worked));
        assertEquals(3, running("1"));
    }

    @Test
    void anEarlierRevisionRunsWhileItIsAskedFor() {
        apply(deployment("shop", 1, "1", ""));
        ready("shop");
        apply(deployment("shop", 1, "2", ""));
        ready("shop");
        rollBackTo("\"1\"");
        until(() -> running("1") == 1 && running("2") == 0);
        rollBackTo("null");
        until(() -> running("2") == 1 && running("1") == 0);
    }

    private void rollBackTo(String revision) {
        client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{\"virga.dev/rollback-to\":" + revision + "}}}");
    }

    @Test
    void recreateStopsTheOldOnesFirst() {
        String recreate = "  deployPolicy: Recreate\n";
        apply(deployment("shop", 2, "1", "").stripTrailing() + "\n" + recreate);
        ready("shop");
        apply(deployment("shop", 2, "2", "").stripTrailing() + "\n" + recreate);
        until(() -> {
            assertTrue(running("2") == 0 || running("1") == 0, "both run at once");
            return running("2") == 2;
        });
        ready("shop");
    }

    @Test
    void aRolloutThatDoesNotGetReadyIsTakenBackToARevisionThatHasWorked() {
        String soon = "virga: {rollout: {progressDeadline: 3s}}";
        apply(deployment("shop", 2, "1", soon));
        ready("shop");
        apply(deployment("shop", 2, "bad", soon));
        until(() -> sets().size() == 2);
        apply(deployment("shop", 2, "bad", soon).replace("{tier: web}", "{tier: api}"));
        DeploymentObject shop = until(DeploymentObject.class, "shop", d -> d.status().condition("Sync")
                .filter(c -> c.reason().equals("RolledBack")).isPresent());
        String message = shop.status().condition("Sync").orElseThrow().message();
        assertTrue(message.contains("revision 1 runs"), message);
        until(() -> running("bad") == 0);
        assertEquals(2, running("1"));
    }

    @Test
    void aRevisionThatHasWorkedIsNotGivenUpForAnEarlierOne() {
        String more = "  deployPolicy: Recreate\nvirga: {rollout: {progressDeadline: 4s}}";
        apply(deployment("shop", 2, "1", more));
        ready("shop");
        apply(deployment("shop", 2, "2", more));
        ready("shop");
        apply(deployment("shop", 2, "bad", more));
        until(() -> running("bad") > 0);
        hosts.forEach(h -> h.broken(true));
        until(() -> running("2") == 2);
        until(DeploymentObject.class, "shop", d -> d.status().condition("Deploy")
                .filter(c -> c.reason().equals("ProgressDeadlineExceeded")).isPresent());
        until(DeploymentObject.class, "shop", d -> d.status().condition("Sync")
                .filter(c -> c.message().contains("revision 2 runs")).isPresent());
        hosts.forEach(h -> h.broken(false));
        until(DeploymentObject.class, "shop", d -> d.status().isTrue("Scale"));
        assertEquals(2, running("2"));
        assertEquals(1, sets().stream().filter(s -> s.getMetadata().getAnnotations().containsKey(Names.FAILED)).count());
    }

    @Test
    void recreateStartsNothingWhileItCannotBeSeenThatTheOldOnesHaveStopped() {
        String recreate = "  deployPolicy: Recreate\n";
        apply(deployment("shop", 2, "1", recreate));
        ready("shop");
        operator.close();
        ReplicaSetObject set = sets().getFirst();
        set.setStatus(ReplicaSetStatus.NONE); // as if it had just been made
        client.resource(set).updateStatus();
        hosts.forEach(h -> h.holdsStops(true));
        apply(deployment("shop", 2, "2", recreate));
        operator = operator();
        until(ReplicaSetObject.class, set.getMetadata().getName(), s -> s.status().terminating() == 2);
        until(() -> sets().stream().anyMatch(s -> s.spec().toString().contains("shop:2") && current(s)));
        assertEquals(0, running("2"));
        assertEquals(0, sets().stream().filter(s -> s.spec().toString().contains("shop:2")).mapToInt(Replicas::of).sum());
        hosts.forEach(h -> h.holdsStops(false));
        ready("shop");
        assertEquals(2, running("2"));
        assertEquals(0, running("1"));
    }

    @Test
    void whatIsDeletedStopsEverywhere() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").delete();
        until(() -> workloads().isEmpty() && sets().isEmpty());
        assertEquals(0, running("1"));
    }

    @Test
    void fewerReplicasStopSomeAndNoneStopAll() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        apply(deployment("shop", 1, "1", ""));
        until(() -> running("1") == 1);
        apply(deployment("shop", 0, "1", ""));
        until(() -> running("1") == 0);
        ready("shop");
        assertEquals(1, sets().size());
    }

    @Test
    void anOperatorThatStopsMidRolloutIsFollowedByAnother() {
        apply(deployment("shop", 6, "1", "virga: {rollout: {maxSurge: 1}}"));
        ready("shop");
        apply(deployment("shop", 6, "2", "virga: {rollout: {maxSurge: 1}}"));
        until(() -> running("2") >= 1);
        operator.close();
        long before = running("1") + running("2");
        assertTrue(running("2") < 6, "it was in the middle");
        operator = operator();
        until(() -> {
            assertTrue(running("1") + running("2") >= 6, "too few run");
            return running("2") == 6 && running("1") == 0;
        });
        assertTrue(before >= 6);
        ready("shop");
        assertEquals(12, hosts.stream().mapToInt(SimulatedHost::starts).sum(), "each was started once");
    }
}
