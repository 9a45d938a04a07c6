package dev.virga.operator.endpoints;

import static dev.virga.operator.endpoints.Fixtures.ready;
import static dev.virga.operator.endpoints.Fixtures.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@EnableKubernetesMockClient(https = false, crud = true)
@Timeout(60)
class EndpointSlicesTest {

    /** It tells of each request; kept, since loggers that nobody has are forgotten with their levels. */
    private static final Logger SERVER = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    private KubernetesClient client;

    @BeforeAll
    static void beQuiet() {
        SERVER.setLevel(Level.WARNING);
    }

    private List<EndpointSlice> slices() {
        return client.discovery().v1().endpointSlices().inNamespace("acme").list().getItems();
    }

    private List<String> addresses() {
        return slices().stream()
                .flatMap(s -> s.getEndpoints().stream())
                .map(e -> e.getAddresses().getFirst())
                .sorted()
                .toList();
    }

    private Service created(String name) {
        return client.resource(service(name)).create();
    }

    @Test
    void slicesFollowTheTargetsAndWhatIsRightIsNotWritten() {
        Service shop = created("shop");
        EndpointSlices endpoints = new EndpointSlices(client);
        List<Target> targets = new ArrayList<>(IntStream.range(0, 150).mapToObj(Fixtures::ready).toList());
        assertEquals(2, endpoints.apply(shop, targets));
        assertEquals(150, addresses().size());
        assertEquals(0, endpoints.apply(shop, targets));
        targets.removeFirst();
        assertEquals(1, endpoints.apply(shop, targets));
        assertEquals(149, addresses().size());
        assertEquals(2, endpoints.apply(shop, List.of()));
        assertEquals(List.of(), slices());
    }

    @Test
    void slicesOfOthersStay() {
        Service shop = created("shop");
        EndpointSlice theirs = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("acme").withName("shop-abcde")
                .withLabels(Map.of(
                        "kubernetes.io/service-name", "shop",
                        "endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"))
                .endMetadata()
                .withAddressType("IPv4")
                .build();
        client.resource(theirs).create();
        EndpointSlices endpoints = new EndpointSlices(client);
        endpoints.apply(shop, List.of(ready(1)));
        endpoints.apply(created("cart"), List.of(ready(2)));
        assertEquals(3, slices().size());
        endpoints.apply(shop, List.of());
        assertEquals(List.of("10.0.0.3"), addresses());
        assertEquals(2, slices().size());
    }

    @Test
    void aChangeIsWrittenWithinASecond() throws Exception {
        created("shop");
        List<Target> targets = new CopyOnWriteArrayList<>();
        try (EndpointKeeper keeper = new EndpointKeeper(
                client, (_, _) -> Optional.of(targets), (_, _) -> {}, _ -> {}, _ -> {})) {
            keeper.changed("acme", "shop");
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                targets.add(ready(i));
                long begun = System.nanoTime();
                keeper.changed("acme", "shop");
                while (addresses().size() < targets.size()) {
                    Thread.onSpinWait();
                }
                times.add(System.nanoTime() - begun);
            }
            Collections.sort(times); // the machine may be busy once or twice
            assertTrue(times.get(10) < Duration.ofSeconds(1).toNanos(), times::toString);
        }
    }

    @Test
    void manyChangesAtOnceAreFewWritesAndTheLastOneCounts() throws Exception {
        created("shop");
        CountDownLatch all = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger last = new AtomicInteger();
        try (EndpointKeeper keeper = new EndpointKeeper(
                client, (_, _) -> Optional.of(targets(all, asked, last)), (_, _) -> {}, _ -> {}, _ -> {})) {
            for (int i = 1; i <= 1000; i++) {
                last.set(i);
                keeper.changed("acme", "shop");
            }
            all.countDown();
            while (!addresses().equals(ready(1000).addresses())) {
                Thread.onSpinWait();
            }
            assertTrue(asked.get() <= 3, asked::toString);
        }
    }

    private static Collection<Target> targets(CountDownLatch all, AtomicInteger asked, AtomicInteger last) {
        asked.incrementAndGet();
        try {
            all.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of(ready(last.get()));
    }

    @Test
    void aWriteThatFailsIsMadeAgain() throws Exception {
        created("shop");
        List<String> log = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger(2);
        List<List<String>> written = new CopyOnWriteArrayList<>();
        try (EndpointKeeper keeper = new EndpointKeeper(
                client,
                (_, _) -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("not now");
                    }
                    return Optional.of(List.of(ready(1)));
                },
                (_, _) -> written.add(addresses()),
                _ -> {},
                log::add)) {
            keeper.changed("acme", "shop");
            while (written.isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertEquals(List.of(ready(1).addresses()), written, "who waits for it is told once, when it is there");
        assertTrue(log.stream().anyMatch(l -> l.contains("acme/shop") && l.contains("not now")), log::toString);
    }

    @Test
    void aServiceThatIsNotThereIsLeftAlone() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        created("cart");
        try (EndpointKeeper keeper = new EndpointKeeper(
                client,
                (_, service) -> {
                    other.countDown();
                    return Optional.of(service.equals("cart") ? List.of(ready(1)) : List.of());
                },
                (_, _) -> {},
                _ -> {},
                _ -> {})) {
            keeper.changed("acme", "shop");
            keeper.changed("acme", "cart");
            other.await();
            while (addresses().isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(1, slices().size());
        }
    }
}
