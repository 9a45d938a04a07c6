package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.hosts.Patience;
import dev.virga.operator.resource.HostObject;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real API server: the mock server knows nothing of who may have a Lease. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LeaderElectionTest {

    private static final String SYSTEM = "virga-system";

    @TempDir
    private Path folder;

    @Test
    void oneLeadsAndAnotherFollows() throws Exception {
        try (ApiServer cluster = ApiServer.withKinds(folder.resolve("api"));
                NatsServer nats = new NatsServer(Files.createDirectories(folder.resolve("nats")));
                SimulatedHost host = new SimulatedHost(nats.url(), "h1", Map.of())) {
            KubernetesClient client = cluster.client();
            client.resource(new NamespaceBuilder().withNewMetadata().withName(SYSTEM).endMetadata().build()).create();
            CountDownLatch lost = new CountDownLatch(1);
            OperatorServer first = operator(client, nats, "first", lost::countDown);
            client.resources(HostObject.class).inNamespace(SYSTEM).withName("host-h1")
                    .waitUntilCondition(h -> h != null && h.status().isReady(), 30, TimeUnit.SECONDS);
            assertTrue(metrics(first).contains("virga_operator_leads 1.0"));
            try (OperatorServer second = operator(client, nats, "second", () -> {})) {
                assertFalse(second.leads());
                first.close();
                assertNotEquals(
                        "first",
                        client.leases().inNamespace(SYSTEM).withName("virga-operator").get().getSpec().getHolderIdentity());
                assertTrue(lost.await(30, TimeUnit.SECONDS));
                client.leases().inNamespace(SYSTEM).withName("virga-operator")
                        .waitUntilCondition(l -> l.getSpec().getHolderIdentity().equals("second"), 60, TimeUnit.SECONDS);
                client.resources(HostObject.class).inNamespace(SYSTEM).withName("host-h1").patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"virga.dev/cordon\":\"true\"}}}");
                String metrics;
                do {
                    metrics = metrics(second);
                } while (!metrics.contains("virga_operator_hosts{condition=\"cordoned\"} 1.0"));
                assertTrue(metrics.contains("virga_operator_leads 1.0"), metrics);
            }
        }
    }

    private static OperatorServer operator(KubernetesClient client, NatsServer nats, String identity, Runnable lost) {
        return new OperatorServer(
                new OperatorSettings(
                        SYSTEM, Set.of("default"), Set.of(), true, new Settings(Map.of("url", nats.url())), true,
                        Optional.of(identity), Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                        Patience.DEFAULT, Timing.DEFAULT),
                client,
                line -> {},
                lost);
    }

    private static String metrics(OperatorServer operator) throws Exception {
        URI uri = operator.admin().orElseThrow().resolve("/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
