package dev.virga.operator.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.operator.endpoints.Target.State;
import dev.virga.operator.hosts.Host;
import dev.virga.operator.placement.HostCondition;
import dev.virga.operator.placement.HostLoad;
import dev.virga.operator.placement.HostView;
import dev.virga.operator.placement.InterfaceSet;
import dev.virga.operator.placement.Resources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private static Host host(String id, String hostname, HostCondition condition) {
        return new Host(
                new HostHeartbeat(
                        id, hostname, id, "1", Map.of(), "", "", "", "", 0, 0, 0, 0, 0, List.of(), List.of(), 8080, ""),
                new HostView(
                        id, id, Map.of(), Optional.empty(), Optional.of("a"), InterfaceSet.EMPTY, Resources.NONE,
                        Resources.NONE, HostLoad.NONE, condition, Instant.EPOCH));
    }

    private static Pod pod(String name, String ready, String... addresses) {
        return new PodBuilder()
                .withNewMetadata().withName(name).endMetadata()
                .withNewSpec().withNodeName("n1").endSpec()
                .withNewStatus()
                .withPodIP(addresses[0])
                .withPodIPs(List.of(addresses).stream().map(io.fabric8.kubernetes.api.model.PodIP::new).toList())
                .addNewCondition().withType("Ready").withStatus(ready).endCondition()
                .endStatus()
                .build();
    }

    private static List<State> states(List<Replica> replicas, List<Host> hosts, Pod... pods) {
        return Targets.of(replicas, hosts, List.of(pods)).stream().map(Target::state).toList();
    }

    @Test
    void workloadsOfOneHostAreOneTargetThatIsReadyIfOneIs() {
        List<Replica> replicas = List.of(Fixtures.replica("a", false), Fixtures.replica("a", true), Fixtures.replica("b", false));
        List<Host> hosts = List.of(
                host("a", "10.0.0.1", HostCondition.READY),
                host("b", "10.0.0.2", HostCondition.CORDONED),
                host("c", "10.0.0.3", HostCondition.READY));
        assertEquals(List.of(State.READY, State.NOT_READY), states(replicas, hosts));
    }

    @Test
    void aHostTerminatesWhereNoReplicaIsThereToStay() {
        Replica ending = new Replica("one", "a", Replica.State.ENDING);
        List<Host> hosts = List.of(host("a", "10.0.0.1", HostCondition.READY));
        assertEquals(List.of(State.TERMINATING), states(List.of(ending), hosts));
        assertEquals(List.of(State.TERMINATING), states(List.of(Fixtures.replica("a", false), ending), hosts));
        assertEquals(List.of(State.READY), states(List.of(ending, Fixtures.replica("a", true)), hosts));
    }

    @Test
    void aSilentHostIsAskedWhenAllOthersTerminate() {
        Replica ending = new Replica("one", "b", Replica.State.ENDING);
        List<Host> hosts = List.of(
                host("a", "10.0.0.1", HostCondition.SILENT), host("b", "10.0.0.2", HostCondition.READY));
        assertEquals(
                List.of(State.READY, State.TERMINATING), states(List.of(Fixtures.replica("a", true), ending), hosts));
    }

    @Test
    void aHostInAPodHasThePodsAddressesAndNode() {
        for (String hostname : List.of("10.0.0.1", "2001:db8::1", "virga-0")) {
            List<Target> targets = Targets.of(
                    List.of(Fixtures.replica("a", true)), List.of(host("a", hostname, HostCondition.READY)),
                    List.of(pod("other", "True", "10.0.0.7"), pod("virga-0", "True", "10.0.0.1", "2001:db8::1")));
            assertEquals(
                    List.of(new Target(
                            List.of("10.0.0.1", "2001:db8::1"), 8080, State.READY, Optional.of("n1"), Optional.of("a"))),
                    targets);
        }
    }

    @Test
    void whatKubernetesKnowsOfThePodCounts() {
        List<Replica> replicas = List.of(Fixtures.replica("a", true));
        List<Host> hosts = List.of(host("a", "10.0.0.1", HostCondition.READY));
        assertEquals(List.of(State.NOT_READY), states(replicas, hosts, pod("p", "False", "10.0.0.1")));
        Pod deleted = new PodBuilder(pod("p", "True", "10.0.0.1"))
                .editMetadata().withDeletionTimestamp("2026-01-01T00:00:00Z").endMetadata()
                .build();
        assertEquals(List.of(State.TERMINATING), states(replicas, hosts, deleted));
    }

    @Test
    void aPodThatHasEndedHasNoAddressAnyMore() {
        Pod ended = new PodBuilder(pod("old", "False", "10.0.0.1")).editStatus().withPhase("Succeeded").endStatus().build();
        Pod next = pod("new", "True", "10.0.0.1");
        List<Host> hosts = List.of(host("a", "10.0.0.1", HostCondition.READY));
        assertEquals(List.of(State.READY), states(List.of(Fixtures.replica("a", true)), hosts, ended, next));
    }

    @Test
    void podsOnTheirNodesNetworkAreFoundByNameOnly() {
        Pod pod = new PodBuilder(pod("virga-0", "False", "10.0.0.1"))
                .editSpec().withHostNetwork(true).endSpec()
                .build();
        Replica a = Fixtures.replica("a", true);
        assertEquals(
                List.of(State.READY), states(List.of(a), List.of(host("a", "10.0.0.1", HostCondition.READY)), pod),
                "it may be another pod of that node");
        assertEquals(
                List.of(State.NOT_READY), states(List.of(a), List.of(host("a", "virga-0", HostCondition.READY)), pod));
    }

    @Test
    void aHostThatDrainsIsTerminating() {
        assertEquals(
                List.of(State.TERMINATING),
                states(List.of(Fixtures.replica("a", true)), List.of(host("a", "10.0.0.1", HostCondition.DRAINING))));
    }

    @Test
    void aSilentHostGetsRequestsOnlyIfElseNoneWould() {
        Host silent = host("a", "10.0.0.1", HostCondition.SILENT);
        Host ready = host("b", "10.0.0.2", HostCondition.READY);
        Replica a = Fixtures.replica("a", true);
        assertEquals(
                List.of(State.NOT_READY, State.READY), states(List.of(a, Fixtures.replica("b", true)), List.of(silent, ready)));
        assertEquals(
                List.of(State.READY, State.NOT_READY), states(List.of(a, Fixtures.replica("b", false)), List.of(silent, ready)));
    }
}
