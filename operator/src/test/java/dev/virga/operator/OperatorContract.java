package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.hostapi.TestHost;
import dev.virga.operator.resource.ArtifactObject;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.ReplicaSetStatus;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does, whatever the API server. */
abstract class OperatorContract extends OperatorFixture {

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
    void anUpdateReplacesAllAndKeepsTheOldRevision() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        apply(deployment("shop", 3, "2", ""));
        ready("shop");
        assertEquals(3, running("2"));
        until(() -> running("1") == 0);
        assertEquals(2, sets().size());
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
        String more = "  deployPolicy: Recreate\nvirga: {rollout: {progressDeadline: 2s}}";
        apply(deployment("shop", 2, "1", more));
        ready("shop");
        apply(deployment("shop", 2, "2", more));
        ready("shop");
        apply(deployment("shop", 2, "bad", more));
        until(() -> running("bad") == 2);
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
    void settingsThatChangeReplaceTheWorkloads() {
        config("1");
        String yaml = deployment("shop", 2, "1", "").replace(
                "image: \"registry.local/shop:1\"}",
                "image: \"registry.local/shop:1\", localResources: {environment: {configFrom: [{name: settings}]}}}");
        apply(yaml);
        ready("shop");
        until(() -> environments().equals(List.of("1", "1")));
        config("2");
        until(() -> environments().equals(List.of("2", "2")));
        assertEquals(2, sets().size());
    }

    @Test
    void settingsThatAreAwayForAMomentReplaceNothing() {
        config("1");
        apply(deployment("shop", 2, "1", "").replace(
                "image: \"registry.local/shop:1\"}",
                "image: \"registry.local/shop:1\", localResources: {environment: {configFrom: [{name: settings}]}}}"));
        ready("shop");
        client.configMaps().inNamespace(namespace).withName("settings").delete();
        DeploymentObject shop = until(DeploymentObject.class, "shop", d -> d.status().condition("Sync")
                .filter(c -> c.reason().equals("ConfigMissing")).isPresent());
        String message = shop.status().condition("Sync").orElseThrow().message();
        assertTrue(message.contains("ConfigMap " + namespace + "/settings"), message);
        config("1");
        ready("shop");
        assertEquals(1, sets().size());
        assertEquals(2, hosts.stream().mapToInt(SimulatedHost::starts).sum());
    }

    private void config(String value) {
        ConfigMap map = new ConfigMapBuilder().withNewMetadata().withName("settings").withNamespace(namespace)
                .endMetadata().addToData("KEY", value).build();
        client.resource(map).createOr(io.fabric8.kubernetes.client.dsl.NonDeletingOperation::update);
    }

    private List<String> environments() {
        return hosts.stream()
                .flatMap(h -> h.running().values().stream())
                .map(r -> r.workload().orElseThrow().witWorld().orElseThrow().components().getFirst()
                        .localResources().orElseThrow().environment().get("KEY"))
                .sorted()
                .toList();
    }

    @Test
    void aWorkloadWaitsForTheSettingsThatItNames() {
        apply(workload("alone", "localResources: {environment: {configFrom: [{name: settings}]}}"));
        WorkloadObject waiting = until(WorkloadObject.class, "alone", w -> w.status().condition("Ready").isPresent());
        Condition config = waiting.status().condition("Config").orElseThrow();
        assertEquals("False", config.status());
        assertTrue(config.message().contains("ConfigMap " + namespace + "/settings"), config::message);
        config("1");
        until(WorkloadObject.class, "alone", w -> w.status().isReady());
        config("2");
        until(() -> environments().equals(List.of("2")));
    }

    private String workload(String name, String more) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: %s, namespace: %s}
                spec:
                  hostSelector: {test: %s}
                  components:
                    - {name: api, image: "registry.local/shop:1", %s}
                """.formatted(name, namespace, namespace, more);
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
        until(WorkloadObject.class, name, w -> w.status().isReady() && w.status().leftOn().contains(lost.id()));
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
                    was.conditions(), was.hostId(), was.environment(), was.workloadId(), dead, was.startedAs()));
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
    void artifactsStandForImagesAndStayWhileTheyAreNamed() {
        apply(deployment("shop", 1, "1", "").replace("registry.local/shop:1", "artifact://shop")
                + "  artifacts: [{name: shop, artifactFrom: {name: shop-image}}]\n");
        until(DeploymentObject.class, "shop", d -> d.status().condition("Artifact")
                .filter(c -> c.status().equals("Unknown")).isPresent());
        apply("""
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Artifact
                metadata: {name: shop-image, namespace: %s}
                spec: {image: "registry.local/shop:7"}
                """.formatted(namespace));
        ready("shop");
        assertEquals(1, running("7"));
        ArtifactObject artifact = until(ArtifactObject.class, "shop-image", a -> a.status().isReady());
        assertEquals(List.of("Sync", "Published", "Ready"), types(artifact.status()));
        client.resource(artifact).delete();
        until(ArtifactObject.class, "shop-image", ArtifactObject::isMarkedForDeletion);
        client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").delete();
        until(() -> client.resources(ArtifactObject.class).inNamespace(namespace).withName("shop-image").get() == null);
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

    @Test
    void aManifestThatIsWrongIsRefusedOrSaidSo() {
        String wrong = deployment("shop", 1, "1", "").replace("registry.local/shop:1", "Not An Image");
        try {
            apply(wrong);
        } catch (KubernetesClientException e) {
            assertEquals(422, e.getCode(), e::getMessage);
            assertTrue(e.getMessage().contains("spec.template.spec.components[0].image"), e::getMessage);
            return;
        }
        DeploymentObject shop = until(DeploymentObject.class, "shop", d -> d.status().condition("Sync").isPresent());
        assertTrue(
                shop.status().condition("Sync").orElseThrow().message()
                        .contains("spec.template.spec.components[0].image"));
    }

    @Test
    void realHostsServeWhatADeploymentAsksFor(@TempDir Path data) throws Exception {
        try (TestHost one = new TestHost(data, "one-" + namespace, TestHost.nats(nats.url()));
                TestHost other = new TestHost(data, "other-" + namespace, TestHost.nats(nats.url()))) {
            String shop = deployment("shop", 2, "1", "")
                    .replace("{test: " + namespace + "}", "{zone: a}")
                    .replace("registry.local/shop:1", "file:" + TestHost.EXAMPLES.resolve("http-api/api.wasm"))
                    + "      hostInterfaces:\n"
                    + "        - {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: NAME}}\n";
            String here = namespace + ".first.test";
            String there = namespace + ".second.test";
            apply(shop.replace("NAME", here));
            ready("shop");
            assertEquals(200, one.get(here));
            assertEquals(200, other.get(here));
            apply(shop.replace("NAME", there));
            until(() -> get(one, there) == 200 && get(other, there) == 200);
            ready("shop");
            until(() -> get(one, here) == 404 && get(other, here) == 404);
            client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").delete();
            until(() -> get(one, there) == 404 && get(other, there) == 404);
            until(() -> workloads().isEmpty());
        }
    }

    /** It gives sets and workloads random names, and none of our annotations. */
    @Test
    void whatWasmCloudsOperatorHasMadeIsTakenOverAsItIs() {
        operator.close();
        apply(deployment("shop", 2, "1", ""));
        DeploymentObject shop = client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").get();
        ReplicaSetObject set = new ReplicaSetObject();
        set.getMetadata().setName("shop-x2x4");
        set.getMetadata().setNamespace(namespace);
        set.getMetadata().setOwnerReferences(List.of(Writes.owner(shop)));
        set.setSpec(Trees.empty().put("replicas", 2));
        set.getSpec().set("template", shop.field("template"));
        set = client.resource(set).create();
        for (int i = 0; i < 2; i++) {
            WorkloadObject workload = new WorkloadObject();
            workload.getMetadata().setName("shop-x2x4-" + i);
            workload.getMetadata().setNamespace(namespace);
            workload.getMetadata().setOwnerReferences(List.of(Writes.owner(set)));
            workload.getMetadata().setAnnotations(Map.of("runtime.wasmcloud.dev/workload-replica-set-generation", "x7"));
            workload.setSpec(shop.field("template").path("spec").deepCopy());
            workload = client.resource(workload).create();
            String id = workload.getMetadata().getUid();
            hosts.get(i).running().put(id, StartRequests.of(
                    id, Read.manifest(dev.virga.host.manifest.Workload.class, workload), Map.of(),
                    ConfigSources.of(List.of())));
            workload.setStatus(new WorkloadStatus(List.of(), hosts.get(i).id(), "", id, List.of(), ""));
            client.resource(workload).updateStatus();
        }
        operator = operator();
        ready("shop");
        assertEquals(1, sets().size());
        assertEquals(
                List.of("shop-x2x4-0", "shop-x2x4-1"),
                workloads().stream().map(w -> w.getMetadata().getName()).sorted().toList());
        assertEquals(0, hosts.stream().mapToInt(SimulatedHost::starts).sum(), "nothing was started again");
    }

    private static int get(TestHost host, String name) {
        try {
            return host.get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
