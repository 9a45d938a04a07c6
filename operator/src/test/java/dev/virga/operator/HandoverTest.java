package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.virga.operator.resource.HostObject;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the endpoints of a Service are while its one workload moves. */
class HandoverTest extends OperatorFixture {

    @Override
    Optional<Cluster> cluster(Path folder) {
        return Optional.of(new MockCluster());
    }

    private String shop() {
        return deployment("shop", 1, "1", "      kubernetes: {service: {name: shop}}\n");
    }

    private Service service() {
        return client.resource(new ServiceBuilder()
                        .withNewMetadata().withNamespace(namespace).withName("shop").endMetadata()
                        .withNewSpec().addNewPort().withName("http").withPort(80).endPort().endSpec()
                        .build())
                .create();
    }

    /** Hosts are in no pods here: their hostnames are their addresses. */
    @Override
    SimulatedHost host(String name) throws Exception {
        SimulatedHost host = new SimulatedHost(
                nats.url(), name + "-" + namespace, Map.of("test", namespace, "address", "10.0.0." + (hosts.size() + 1)));
        hosts.add(host);
        return host;
    }

    private List<Endpoint> serving() {
        return client.discovery().v1().endpointSlices().inNamespace(namespace).list().getItems().stream()
                .flatMap(s -> s.getEndpoints().stream())
                .filter(e -> e.getConditions().getServing())
                .toList();
    }

    @Test
    void aServiceWhoseOnlyHostDrainsHasEndpointsAllTheTime() throws Exception {
        service();
        apply(shop());
        ready("shop");
        SimulatedHost old = hosts.stream().filter(h -> !h.running().isEmpty()).findFirst().orElseThrow();
        until(() -> serving().size() == 1);
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
}
