package dev.virga.operator.endpoints;

import static dev.virga.operator.endpoints.Fixtures.ready;
import static dev.virga.operator.endpoints.Fixtures.service;
import static dev.virga.operator.endpoints.Fixtures.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.endpoints.Target.State;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SlicePlanTest {

    private static final Service SHOP = service("shop");

    /** What is there after a plan was carried out. */
    private static List<EndpointSlice> after(SlicePlan plan, Collection<EndpointSlice> before) {
        Map<String, EndpointSlice> slices = new TreeMap<>();
        before.forEach(s -> slices.put(s.getMetadata().getName(), s));
        plan.delete().forEach(s -> assertTrue(slices.remove(s.getMetadata().getName()) != null));
        plan.update().forEach(s -> assertTrue(slices.put(s.getMetadata().getName(), s) != null));
        plan.create().forEach(s -> assertTrue(slices.put(s.getMetadata().getName(), s) == null));
        return List.copyOf(slices.values());
    }

    private static List<String> addresses(Collection<EndpointSlice> slices) {
        return slices.stream()
                .flatMap(s -> s.getEndpoints().stream())
                .map(e -> e.getAddresses().getFirst())
                .sorted()
                .toList();
    }

    private static List<Target> targets(Set<Integer> numbers) {
        return numbers.stream().map(Fixtures::ready).toList();
    }

    private static List<String> wanted(Collection<Target> targets) {
        return targets.stream().map(t -> t.addresses().getFirst()).sorted().toList();
    }

    @RepeatedTest(20)
    void slicesHaveTheTargetsAfterEachOfManyChangesAndAsFewAsPossibleChange(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Set<Integer> numbers = new HashSet<>();
        List<EndpointSlice> slices = List.of();
        for (int step = 0; step < 60; step++) {
            int changes = random.nextInt(4) == 0 ? random.nextInt(300) : 1;
            int changed = 0;
            for (int i = 0; i < changes; i++) {
                int number = random.nextInt(600);
                changed += (random.nextInt(3) > 0 ? numbers.add(number) : numbers.remove(number)) ? 1 : 0;
            }
            List<Target> targets = targets(numbers);
            SlicePlan plan = SlicePlan.of(SHOP, targets, slices);
            int written = plan.create().size() + plan.update().size() + plan.delete().size();
            assertTrue(written <= changed, () -> "more slices are written than endpoints changed: " + written);
            slices = after(plan, slices);
            assertEquals(wanted(targets), addresses(slices));
            for (EndpointSlice slice : slices) {
                assertTrue(slice.getEndpoints().size() <= 100 && !slice.getEndpoints().isEmpty());
            }
            assertTrue(SlicePlan.of(SHOP, targets, slices).isEmpty(), "what is as it should be is left alone");
        }
    }

    @Test
    void endpointsAreAddedToSlicesThatHaveRoom() {
        List<Target> most = IntStream.range(0, 250).mapToObj(Fixtures::ready).toList();
        List<EndpointSlice> slices = SlicePlan.of(SHOP, most, List.of()).create();
        assertEquals(List.of(100, 100, 50), slices.stream().map(s -> s.getEndpoints().size()).toList());
        List<Target> more = new ArrayList<>(most);
        more.add(ready(400));
        SlicePlan plan = SlicePlan.of(SHOP, more, slices);
        assertEquals(0, plan.create().size());
        assertEquals(1, plan.update().size());
        more.remove(0); // there is room then in a slice that changes anyway
        plan = SlicePlan.of(SHOP, more, slices);
        assertEquals(1, plan.update().size());
    }

    @Test
    void aSliceNamesTheServiceAndItsPorts() {
        Service service = new ServiceBuilder(SHOP)
                .editSpec()
                .withPorts()
                .addNewPort().withName("web").withPort(80).withProtocol("TCP").endPort()
                .addNewPort().withName("grpc").withPort(81).withAppProtocol("kubernetes.io/h2c").endPort()
                .addNewPort().withName("dns").withPort(53).withProtocol("UDP").endPort()
                .endSpec()
                .build();
        EndpointSlice slice = SlicePlan.of(service, List.of(ready(1)), List.of()).create().getFirst();
        assertEquals("shop-a847e0a9", slice.getMetadata().getName(), "FNV-1a of the name");
        assertEquals("acme", slice.getMetadata().getNamespace());
        assertEquals(
                Map.of(
                        "kubernetes.io/service-name", "shop",
                        "endpointslice.kubernetes.io/managed-by", "operator.virga.dev"),
                slice.getMetadata().getLabels());
        var owner = slice.getMetadata().getOwnerReferences().getFirst();
        assertEquals(List.of("v1", "Service", "shop", "uid-shop"),
                List.of(owner.getApiVersion(), owner.getKind(), owner.getName(), owner.getUid()));
        assertEquals(List.of("web", "grpc"), slice.getPorts().stream().map(EndpointPort::getName).toList());
        assertEquals(List.of(8080, 8080), slice.getPorts().stream().map(EndpointPort::getPort).toList());
        assertEquals("kubernetes.io/h2c", slice.getPorts().get(1).getAppProtocol());
        assertEquals("IPv4", slice.getAddressType());
        Endpoint endpoint = slice.getEndpoints().getFirst();
        assertEquals("node", endpoint.getNodeName());
        assertEquals("a", endpoint.getZone());
        assertTrue(endpoint.getConditions().getReady());
        assertFalse(endpoint.getConditions().getTerminating());
    }

    @Test
    void conditionsSayWhatATargetIsAt() {
        List<Target> targets =
                List.of(target(1, State.READY, 80), target(2, State.NOT_READY, 80), target(3, State.TERMINATING, 80));
        List<String> conditions = SlicePlan.of(SHOP, targets, List.of()).create().getFirst().getEndpoints().stream()
                .map(Endpoint::getConditions)
                .map(c -> c.getReady() + " " + c.getServing() + " " + c.getTerminating())
                .toList();
        assertEquals(List.of("true true false", "false false false", "false true true"), conditions);
    }

    @Test
    void eachFamilyHasItsSlicesAndTheServiceSaysWhich() {
        Target both = new Target(
                List.of("10.0.0.1", "2001:db8::1"), 80, State.READY, Optional.empty(), Optional.empty());
        List<EndpointSlice> slices = SlicePlan.of(SHOP, List.of(both), List.of()).create();
        assertEquals(List.of("IPv4", "IPv6"), slices.stream().map(EndpointSlice::getAddressType).toList());
        assertEquals(List.of("10.0.0.1", "2001:db8::1"), addresses(slices));
        Service six = new ServiceBuilder(SHOP).editSpec().withIpFamilies("IPv6").endSpec().build();
        assertEquals(List.of("2001:db8::1"), addresses(SlicePlan.of(six, List.of(both), List.of()).create()));
    }

    @Test
    void hostsWithOtherPortsHaveSlicesOfTheirOwn() {
        List<EndpointSlice> slices =
                SlicePlan.of(SHOP, List.of(target(1, State.READY, 80), target(2, State.READY, 81)), List.of()).create();
        assertEquals(2, slices.size());
        assertEquals(List.of("shop-a847e0a9", "shop-a847e0a9-2"),
                slices.stream().map(s -> s.getMetadata().getName()).toList());
    }

    @Test
    void addressesThatNoEndpointMayHaveAreLeftOut() {
        for (String address : List.of(
                "localhost", "pod-1", "127.0.0.1", "0.0.0.0", "169.254.169.254", "224.0.0.1", "::1", "::", "fe80::1",
                "::ffff:10.0.0.1", "10.1", "1", "", "fe80::1%eth0")) {
            Target bad = new Target(List.of(address), 80, State.READY, Optional.empty(), Optional.empty());
            assertTrue(SlicePlan.of(SHOP, List.of(bad), List.of()).isEmpty(), address);
        }
    }

    @Test
    void wasmCloudsSliceIsTakenOver() {
        EndpointSlice theirs = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("acme").withName("shop-a847e0a9").withResourceVersion("7")
                .withLabels(Map.of("kubernetes.io/service-name", "shop", "wasmcloud.dev/route-manager", "true"))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort().withName("http").withPort(8080).withProtocol("TCP").endPort()
                .addNewEndpoint().withAddresses("10.0.0.9").endEndpoint()
                .build();
        SlicePlan plan = SlicePlan.of(SHOP, List.of(ready(1)), List.of(theirs));
        assertEquals(List.of(), plan.create());
        assertEquals(List.of(), plan.delete());
        EndpointSlice ours = plan.update().getFirst();
        assertEquals("7", ours.getMetadata().getResourceVersion());
        assertEquals("operator.virga.dev", ours.getMetadata().getLabels().get("endpointslice.kubernetes.io/managed-by"));
        assertEquals(List.of("10.0.0.2"), addresses(List.of(ours)));
    }

    @Test
    void withoutTargetsThereAreNoSlices() {
        List<EndpointSlice> slices = SlicePlan.of(SHOP, List.of(ready(1)), List.of()).create();
        SlicePlan plan = SlicePlan.of(SHOP, List.of(), slices);
        assertEquals(slices, plan.delete());
        assertEquals(1, plan.delete().size());
    }

    @Test
    void longNamesAreCutAsWasmCloudCutsThem() {
        String name = SliceNames.first("s".repeat(63));
        assertEquals(63, name.length());
        assertTrue(name.startsWith("s".repeat(54) + "-"));
    }
}
