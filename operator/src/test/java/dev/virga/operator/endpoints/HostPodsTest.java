package dev.virga.operator.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.hostapi.TestHost;
import dev.virga.operator.hosts.HostEvent;
import dev.virga.operator.hosts.Hosts;
import dev.virga.operator.hosts.Patience;
import dev.virga.operator.placement.HostCondition;
import dev.virga.plugin.nats.NatsServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pods, services and workloads of a mock API server, heartbeats of a real NATS server. */
@EnableKubernetesMockClient(https = false, crud = true)
@Timeout(30)
class HostPodsTest {

    private static final Logger SERVER = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    @TempDir
    private Path folder;

    private KubernetesClient client;
    private final BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();
    private final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private NatsServer nats;
    private Connection heartbeats;
    private Hosts hosts;
    private HostPods pods;
    private ServiceEndpoints endpoints;

    @BeforeAll
    static void beQuiet() {
        SERVER.setLevel(Level.WARNING);
    }

    @BeforeEach
    void begin() throws Exception {
        nats = new NatsServer(folder);
        hosts = new Hosts(TestHost.nats(nats.url()), Patience.DEFAULT, this::event, _ -> {});
        heartbeats = Nats.connect(nats.url());
        pods = new HostPods(client, Set.of("hosts"), hosts.registry(), _ -> {});
        endpoints = new ServiceEndpoints(
                client, Set.of(), this::replicas, _ -> {}, hosts.registry(), pods::pods,
                service -> refused.add(service.getMetadata().getName()), _ -> {});
        pods.listen(endpoints::hostChanged);
        await(hosts.registry()::isHearing);
    }

    @AfterEach
    void end() throws Exception {
        // What is missing could not start, or is not installed.
        try (NatsServer _ = nats;
                Hosts _ = hosts;
                Connection _ = heartbeats;
                HostPods _ = pods;
                ServiceEndpoints _ = endpoints) {}
    }

    private void event(HostEvent event) {
        events.add(event);
        switch (event) {
            case HostEvent.Appeared(var host) -> hostChanged(host.id());
            case HostEvent.Changed(var host) -> hostChanged(host.id());
            case HostEvent.Lost(String id, _, _) -> hostChanged(id);
            default -> {}
        }
    }

    private void hostChanged(String id) {
        if (endpoints != null) { // it is made last
            endpoints.hostChanged(id);
        }
    }

    private Collection<Replica> replicas(String namespace, String service) {
        return service.equals("shop") ? replicas : List.of();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertFalse(Thread.currentThread().isInterrupted(), "it does not come to that");
            Thread.onSpinWait();
        }
    }

    private <E extends HostEvent> E await(Class<E> kind) throws InterruptedException {
        while (true) {
            HostEvent next = events.poll(30, TimeUnit.SECONDS);
            assertTrue(next != null, () -> "nothing happens: " + kind);
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
    }

    private void host(String id, String hostname) throws InterruptedException {
        String beat = "{\"id\":\"%s\",\"friendlyName\":\"%s\",\"hostname\":\"%s\",\"httpPort\":8080}"
                .formatted(id, id, hostname);
        heartbeats.publish("runtime.operator.heartbeat." + id, beat.getBytes(StandardCharsets.UTF_8));
        await(HostEvent.Appeared.class);
    }

    private Pod pod(String namespace, String name, String address) {
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace).withName(name).withLabels(Map.of("wasmcloud.com/hostgroup", "default"))
                        .endMetadata()
                        .withNewSpec().withNodeName("n1").endSpec()
                        .withNewStatus()
                        .withPhase("Running").withPodIP(address).addNewPodIP().withIp(address).endPodIP()
                        .endStatus()
                        .build())
                .create();
    }

    private List<String> ready() {
        return client.discovery().v1().endpointSlices().inNamespace("acme").list().getItems().stream()
                .flatMap(s -> s.getEndpoints().stream())
                .filter(e -> e.getConditions().getReady())
                .map(Endpoint::getAddresses)
                .map(List::getFirst)
                .sorted()
                .toList();
    }

    @Test
    void aHostWhosePodIsDeletedIsLostAtOnceAndItsEndpointsGo() throws Exception {
        client.resource(Fixtures.service("shop")).create();
        pod("hosts", "virga-0", "10.0.0.1");
        pod("hosts", "virga-1", "10.0.0.2");
        host("a", "10.0.0.1");
        host("b", "virga-1");
        replicas.addAll(List.of(Fixtures.replica("a", true), Fixtures.replica("b", true)));
        endpoints.changed("acme", "shop");
        await(() -> ready().equals(List.of("10.0.0.1", "10.0.0.2")));

        client.pods().inNamespace("hosts").withName("virga-1").delete();
        HostEvent.Lost lost = await(HostEvent.Lost.class);
        assertEquals("its pod hosts/virga-1 was deleted", lost.reason());
        await(() -> ready().equals(List.of("10.0.0.1")));
    }

    @Test
    void aPodThatEndsEndsItsHost() throws Exception {
        pod("hosts", "virga-0", "10.0.0.1");
        host("a", "10.0.0.1");
        client.pods().inNamespace("hosts").withName("virga-0").edit(p -> {
            p.getStatus().setPhase("Failed");
            return p;
        });
        assertEquals("its pod hosts/virga-0 has ended", await(HostEvent.Lost.class).reason());
    }

    @Test
    void aPodThatHasEndedDoesNotSpeakForWhoeverHasItsAddressNow() throws Exception {
        pod("hosts", "virga-0", "10.0.0.1");
        host("a", "10.0.0.1");
        client.pods().inNamespace("hosts").withName("virga-0").edit(p -> {
            p.getStatus().setPhase("Succeeded");
            return p;
        });
        assertEquals("a", await(HostEvent.Lost.class).id());
        pod("hosts", "virga-1", "10.0.0.1");
        host("b", "10.0.0.1");
        client.pods().inNamespace("hosts").withName("virga-0").edit(p -> {
            p.getMetadata().setLabels(Map.of("wasmcloud.com/hostgroup", "default", "seen", "true"));
            return p;
        });
        client.pods().inNamespace("hosts").withName("virga-0").delete();
        pod("hosts", "virga-2", "10.0.0.3");
        host("c", "10.0.0.3");
        client.pods().inNamespace("hosts").withName("virga-2").delete();
        assertEquals("c", await(HostEvent.Lost.class).id());
        assertTrue(hosts.registry().isKnown("b"));
    }

    @Test
    void podsOfOtherNamespacesDoNotSpeakForHosts() throws Exception {
        pod("evil", "virga-0", "10.0.0.9");
        pod("hosts", "virga-1", "10.0.0.2");
        host("a", "virga-0");
        host("b", "10.0.0.2");
        client.pods().inNamespace("evil").withName("virga-0").delete();
        client.pods().inNamespace("hosts").withName("virga-1").delete();
        assertEquals("b", await(HostEvent.Lost.class).id());
        assertTrue(hosts.registry().isKnown("a"));
    }

    @Test
    void aHostThatIsCordonedGoesOnAndOneThatDrainsGetsNothingNew() throws Exception {
        client.resource(Fixtures.service("shop")).create();
        host("a", "10.0.0.1");
        host("b", "10.0.0.2");
        replicas.addAll(List.of(Fixtures.replica("a", true), Fixtures.replica("b", true)));
        endpoints.changed("acme", "shop");
        hosts.registry().mark("a", HostCondition.CORDONED);
        await(() -> ready().equals(List.of("10.0.0.1", "10.0.0.2")));
        hosts.registry().mark("a", HostCondition.DRAINING);
        await(() -> ready().equals(List.of("10.0.0.2")));
    }

    @Test
    void aServiceThatComesAfterItsWorkloadsHasEndpoints() throws Exception {
        host("a", "10.0.0.1");
        replicas.add(Fixtures.replica("a", true));
        endpoints.changed("acme", "shop");
        client.resource(Fixtures.service("cart")).create();
        client.resource(Fixtures.service("shop")).create();
        await(() -> ready().equals(List.of("10.0.0.1")));
    }

    @Test
    void aServiceThatHasASelectorIsNotOursAndWhatWeHadWrittenGoes() throws Exception {
        client.resource(Fixtures.service("shop")).create();
        host("a", "10.0.0.1");
        replicas.add(Fixtures.replica("a", true));
        endpoints.changed("acme", "shop");
        await(() -> ready().equals(List.of("10.0.0.1")));
        client.services().inNamespace("acme").withName("shop").edit(s -> {
            s.getSpec().setSelector(Map.of("app", "other"));
            return s;
        });
        await(() -> ready().isEmpty());
        endpoints.changed("acme", "shop");
        await(() -> !refused.isEmpty());
        assertEquals(List.of("shop"), refused);
        client.services().inNamespace("acme").withName("shop").edit(s -> {
            s.getSpec().setSelector(Map.of());
            return s;
        });
        await(() -> ready().equals(List.of("10.0.0.1")));
    }

    @Test
    void endpointsThatWereLeftBehindAreTakenAway() throws Exception {
        Service shop = client.resource(Fixtures.service("shop")).create();
        Service cart = client.resource(Fixtures.service("cart")).create();
        EndpointSlices slices = new EndpointSlices(client);
        slices.apply(shop, List.of(Fixtures.ready(1)));
        slices.apply(cart, List.of(Fixtures.ready(2)));
        host("a", "10.0.0.7");
        replicas.add(Fixtures.replica("a", true));
        try (ServiceEndpoints next = new ServiceEndpoints(
                client, Set.of("acme"), this::replicas, _ -> {}, hosts.registry(), pods::pods, _ -> {}, _ -> {})) {
            await(() -> ready().equals(List.of("10.0.0.7")));
            next.changed("acme", "shop");
        }
    }

    @Test
    void endpointsStayUntilAllTheirHostsHaveReportedOrAreLost() throws Exception {
        Service shop = client.resource(Fixtures.service("shop")).create();
        new EndpointSlices(client).apply(shop, List.of(Fixtures.ready(1)));
        List<String> before = ready();
        hosts.registry().expect("a", "a");
        hosts.registry().expect("b", "b");
        replicas.addAll(List.of(Fixtures.replica("a", true), Fixtures.replica("b", true)));
        CountDownLatch asked = new CountDownLatch(2);
        try (ServiceEndpoints next = new ServiceEndpoints(
                client,
                Set.of("acme"),
                (namespace, service) -> {
                    asked.countDown();
                    return replicas(namespace, service);
                },
                _ -> {},
                hosts.registry(),
                pods::pods,
                _ -> {},
                _ -> {})) {
            await(() -> asked.getCount() < 2);
            host("a", "10.0.0.7");
            next.changed("acme", "shop");
            asked.await();
        } // has ended its writes
        assertEquals(before, ready());
        endpoints.changed("acme", "shop");
        hosts.registry().gone("b", "it is no more");
        await(() -> ready().equals(List.of("10.0.0.7")));
    }

    @Test
    void wasmCloudsFinalizerDoesNotKeepPods() throws Exception {
        Pod pod = pod("hosts", "virga-0", "10.0.0.1");
        pod.getMetadata().setFinalizers(List.of("runtime.wasmcloud.dev/pod-host-finalizer"));
        client.resource(pod).update();
        host("a", "10.0.0.1");
        client.pods().inNamespace("hosts").withName("virga-0").delete();
        HostEvent.Changed drains = await(HostEvent.Changed.class);
        assertEquals(HostCondition.DRAINING, drains.host().view().condition());
        assertEquals("a", await(HostEvent.Lost.class).id());
        assertEquals(List.of(), client.pods().inNamespace("hosts").list().getItems());
    }
}
