package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.hostapi.message.PlacedWorkload;
import dev.virga.hostapi.message.Workload;
import dev.virga.hostapi.message.WorkloadStartRequest;
import dev.virga.operator.resource.ArtifactObject;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import io.fabric8.kubernetes.api.model.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is deleted, gone or forgotten. */
class LifecycleTest extends OperatorFixture {

    @Override
    Optional<Cluster> cluster(Path folder) {
        return Optional.of(new MockCluster());
    }

    @Test
    void theObjectOfAHostThatHasNotReportedSinceAStartCanBeDeleted() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        operator.close();
        hosts.forEach(SimulatedHost::close);
        hosts.clear();
        operator = operator(); // it waits for hosts, all of which are silent
        List<HostObject> objects = client.resources(HostObject.class).inNamespace(SYSTEM).list().getItems();
        objects.forEach(h -> client.resource(h).delete());
        until(() -> client.resources(HostObject.class).inNamespace(SYSTEM).list().getItems().isEmpty());
        until(() -> workloads().stream().allMatch(w -> w.status().hostId().isEmpty()));
    }

    @Test
    void hostsThatAreGoneForLongAreNoLongerWaitedFor() {
        apply(deployment("shop", 1, "1", ""));
        ready("shop");
        operator.close();
        WorkloadObject workload = workloads().getFirst();
        WorkloadStatus was = workload.status();
        List<Condition> old = was.conditions().stream()
                .map(c -> new Condition(
                        c.type(), c.status(), c.reason(), c.message(), c.observedGeneration(), "2020-01-01T00:00:00Z", ""))
                .toList();
        workload.setStatus(new WorkloadStatus(
                old, was.hostId(), was.environment(), was.workloadId(), List.of("dead"), List.of(), was.startedAs()));
        client.resource(workload).updateStatus();
        operator = operator();
        until(WorkloadObject.class, workload.getMetadata().getName(), w -> w.status().leftOn().isEmpty());
    }

    @Test
    void whatWasDeletedWhileItsHostWasCutOffIsStoppedWhenItIsBackWhoeverLeadsThen() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        SimulatedHost lost = hosts.getFirst();
        lost.cutOff(true);
        until(() -> hosts.get(1).running().size() + hosts.get(2).running().size() == 3);
        client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").delete();
        until(() -> workloads().isEmpty());
        operator.close();
        operator = operator();
        apply(deployment("other", 2, "2", ""));
        ready("other");
        assertEquals(1, lost.running().size());
        lost.cutOff(false);
        until(() -> lost.running().isEmpty());
        assertEquals(2, running("2"), "what is wanted goes on");
    }

    @Test
    void oneStopThatFailsKeepsNoOtherStrayRunning() {
        apply(deployment("shop", 9, "1", ""));
        ready("shop");
        SimulatedHost lost = hosts.getFirst();
        lost.cutOff(true);
        until(() -> hosts.get(1).running().size() + hosts.get(2).running().size() == 9);
        client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").delete();
        until(() -> workloads().isEmpty());
        operator.close();
        operator = operator(); // which remembers nothing of them
        assertEquals(3, lost.running().size());
        lost.garbles(2, 1);
        lost.cutOff(false);
        until(() -> lost.running().isEmpty());
    }

    @Test
    void whatAnotherSchedulerHasPlacedGoesOn() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        operator.close();
        SimulatedHost host = hosts.getFirst();
        WorkloadStartRequest ours = host.running().values().iterator().next();
        Workload workload = ours.workload().orElseThrow();
        String mark = workload.annotations().get(PlacedWorkload.SCHEDULER);
        place(host, "theirs", workload, Map.of(PlacedWorkload.SCHEDULER, "another"));
        place(host, "nobodys", workload, Map.of());
        place(host, "stray", workload, Map.of(PlacedWorkload.SCHEDULER, mark));
        operator = operator();
        until(() -> !host.running().containsKey("stray"));
        assertEquals(Set.of("theirs", "nobodys", ours.workloadId()), host.running().keySet());
    }

    private static void place(SimulatedHost host, String id, Workload like, Map<String, String> annotations) {
        host.running().put(id, new WorkloadStartRequest(
                Optional.of(new Workload(
                        like.namespace(), id, annotations, like.service(), like.witWorld(), like.volumes())),
                id));
    }

    @Test
    void anArtifactThatIsKeptSaysSoOnce() throws Exception {
        apply(deployment("shop", 1, "1", "").replace("registry.local/shop:1", "artifact://shop")
                + "  artifacts: [{name: shop, artifactFrom: {name: image}}]\n");
        apply("""
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Artifact
                metadata: {name: image, namespace: %s}
                spec: {image: "registry.local/shop:7"}
                """.formatted(namespace));
        ready("shop");
        client.resources(ArtifactObject.class).inNamespace(namespace).withName("image").delete();
        until(() -> !kept().isEmpty());
        Thread.sleep(Duration.ofMillis(4 * TIMING.unplaceable().toMillis())); // looks that tell nothing
        assertEquals(1, kept().size());
    }

    private List<Event> kept() {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(e -> e.getReason().equals("StillNamed"))
                .toList();
    }
}
