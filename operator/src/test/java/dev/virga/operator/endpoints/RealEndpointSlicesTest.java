package dev.virga.operator.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.operator.ApiServer;
import dev.virga.operator.endpoints.Target.State;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server, which checks and fills in defaults, makes of the slices; skipped where there is none. */
@Timeout(120)
class RealEndpointSlicesTest {

    @TempDir
    private Path folder;

    @Test
    void slicesAreTakenAndLeftAloneWhenTheyAreRight() throws Exception {
        try (ApiServer server = new ApiServer(folder)) {
            KubernetesClient client = server.client();
            client.resource(new NamespaceBuilder().withNewMetadata().withName("acme").endMetadata().build()).create();
            for (Service service : List.of(named(), unnamed())) {
                slicesFollowTargets(client, client.resource(service).create());
            }
        }
    }

    private static Service named() {
        return new ServiceBuilder(Fixtures.service("shop"))
                .editMetadata().withUid(null).endMetadata()
                .editSpec()
                .addNewPort().withName("grpc").withPort(81).withAppProtocol("kubernetes.io/h2c").endPort()
                .endSpec()
                .build();
    }

    private static Service unnamed() {
        return new ServiceBuilder(Fixtures.service("cart"))
                .editMetadata().withUid(null).endMetadata()
                .editSpec().withPorts().addNewPort().withPort(80).endPort().endSpec()
                .build();
    }

    private static void slicesFollowTargets(KubernetesClient client, Service service) {
        EndpointSlices slices = new EndpointSlices(client);
        List<Target> targets = new ArrayList<>(IntStream.range(0, 120).mapToObj(Fixtures::ready).toList());
        targets.add(new Target(List.of("2001:db8::1"), 80, State.READY, Optional.empty(), Optional.empty()));
        targets.add(Fixtures.target(200, State.TERMINATING, 8080));
        slices.apply(service, targets);
        assertEquals(0, slices.apply(service, targets), "it is all as it should be");
        targets.remove(3);
        assertEquals(1, slices.apply(service, targets));

        // What another has changed in between is not overwritten: the plan was made for something else.
        EndpointSlice old = client.discovery().v1().endpointSlices().inNamespace("acme").list().getItems().getFirst();
        client.resource(old).edit(slice -> {
            slice.getMetadata().getLabels().put("touched", "true");
            return slice;
        });
        assertThrows(
                KubernetesClientException.class,
                () -> client.resource(old).lockResourceVersion(old.getMetadata().getResourceVersion()).update());
        targets.clear();
        slices.apply(service, targets);
        assertEquals(List.of(), client.discovery().v1().endpointSlices().inNamespace("acme").list().getItems());
    }
}
