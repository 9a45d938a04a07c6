package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the endpoints of a Service are while its workloads move and stop. */
abstract class HandoverContract extends OperatorFixture {

    private static final String SERVICE = "kubernetes: {service: {name: shop}}";

    /** Of workloads that were stopped while requests were still led to them. */
    private final List<String> tooEarly = new CopyOnWriteArrayList<>();

    private String shop(int replicas, String tag) {
        return deployment("shop", replicas, tag, SERVICE.indent(6));
    }

    @BeforeEach
    void service() {
        tooEarly.clear();
        client.resource(new ServiceBuilder()
                        .withNewMetadata().withNamespace(namespace).withName("shop").endMetadata()
                        .withNewSpec().addNewPort().withName("http").withPort(80).endPort().endSpec()
                        .build())
                .create();
    }

    /** Hosts are in no pods here: their hostnames are their addresses. */
    @Override
    SimulatedHost host(String name) throws Exception {
        String address = "10.0.0." + (hosts.size() + 1);
        SimulatedHost host = new SimulatedHost(
                nats.url(), name + "-" + namespace, Map.of("test", namespace, "address", address));
        host.beforeStops(id -> {
            boolean isLast = host.running().keySet().equals(Set.of(id));
            if (isLast && with(EndpointConditions::getReady).contains(address)) {
                tooEarly.add(id + " on " + address);
            }
        });
        hosts.add(host);
        return host;
    }

    private List<String> serving() {
        return with(EndpointConditions::getServing);
    }

    private List<String> with(Predicate<EndpointConditions> condition) {
        return client.discovery().v1().endpointSlices().inNamespace(namespace).list().getItems().stream()
                .flatMap(s -> s.getEndpoints().stream())
                .filter(e -> condition.test(e.getConditions()))
                .flatMap(e -> e.getAddresses().stream())
                .toList();
    }

    private void readyWith(int replicas) {
        ready("shop");
        until(() -> with(EndpointConditions::getReady).size() == replicas);
    }

    @Test
    void aServiceWhoseOnlyHostDrainsHasEndpointsAllTheTime() throws Exception {
        apply(shop(1, "1"));
        readyWith(1);
        SimulatedHost old = hosts.stream().filter(h -> !h.running().isEmpty()).findFirst().orElseThrow();
        List<SimulatedHost> others = hosts.stream().filter(h -> h != old).toList();
        others.forEach(h -> h.holdStarts(true));
        client.resources(HostObject.class).inNamespace(SYSTEM).withName("host-" + old.id()).delete();
        until(() -> others.stream().anyMatch(h -> h.starts() > 0));
        assertFalse(serving().isEmpty(), "the old one answers until the new one runs");
        assertFalse(old.running().isEmpty());
        others.forEach(h -> h.holdStarts(false));
        until(() -> {
            assertFalse(serving().isEmpty());
            return old.running().isEmpty();
        });
        assertEquals(1, others.stream().mapToInt(h -> h.running().size()).sum());
    }

    @Test
    void noReplicaOfARolloutStopsWhileRequestsAreLedToIt() {
        apply(shop(3, "1"));
        readyWith(3);
        apply(shop(3, "2"));
        until(() -> {
            assertFalse(with(EndpointConditions::getReady).isEmpty());
            return running("1") == 0 && running("2") == 3;
        });
        assertEquals(List.of(), tooEarly);
    }

    @Test
    void whatIsTooManyTerminatesAndThenStops() {
        apply(shop(3, "1"));
        readyWith(3);
        apply(shop(1, "1"));
        until(() -> with(EndpointConditions::getTerminating).size() == 2);
        assertEquals(3, serving().size(), "they still answer");
        until(() -> running("1") == 1);
        until(() -> serving().size() == 1);
        assertEquals(List.of(), tooEarly);
    }

    @Test
    void whatWasDeletedWhileThereWasNoOperatorStopsAfterItsEndpointToo() {
        apply(workload("alone", "poolSize: 1") + SERVICE.indent(2));
        until(() -> with(EndpointConditions::getReady).size() == 1);
        operator.close();
        client.resources(WorkloadObject.class).inNamespace(namespace).withName("alone").delete();
        assertEquals(1, with(EndpointConditions::getReady).size());
        operator = operator();
        until(() -> running("1") == 0);
        until(() -> workloads().isEmpty());
        assertEquals(List.of(), tooEarly);
    }

    @Test
    void anOperatorThatStopsWhileAReplicaEndsIsFollowedByOneThatStopsIt() {
        apply(shop(2, "1"));
        readyWith(2);
        apply(shop(1, "1"));
        until(() -> with(EndpointConditions::getTerminating).size() == 1);
        operator.close();
        operator = operator();
        until(() -> running("1") == 1);
        until(() -> workloads().size() == 1);
        assertEquals(List.of(), tooEarly);
    }

    @Test
    void hostsWithoutRoomTakeTheNextOneWhenOneHasStopped() {
        String more = "virga: {requests: {memory: 5Gi}, rollout: {maxSurge: 0, maxUnavailable: 1}}"; // hosts have 8
        apply(shop(3, "1") + more);
        readyWith(3);
        apply(shop(3, "2") + more);
        until(() -> running("2") == 3);
        assertEquals(List.of(), tooEarly);
    }
}
