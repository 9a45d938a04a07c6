package dev.virga.operator.placement;

import static dev.virga.operator.placement.Cluster.LARGE;
import static dev.virga.operator.placement.Cluster.MIB;
import static dev.virga.operator.placement.Cluster.STORE;
import static dev.virga.operator.placement.Cluster.host;
import static dev.virga.operator.placement.Cluster.id;
import static dev.virga.operator.placement.Cluster.importing;
import static dev.virga.operator.placement.Cluster.in;
import static dev.virga.operator.placement.Cluster.replica;
import static dev.virga.operator.placement.Cluster.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.virga.operator.placement.Placement.Placed;
import dev.virga.operator.placement.Placement.Unplaceable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerTest {

    private static final Resources SMALL = new Resources(64 * MIB, 100);

    private static String chosen(PlacementRequest request, List<HostView> hosts) {
        return assertInstanceOf(Placed.class, Scheduler.place(request, hosts)).host().id();
    }

    private static String refused(PlacementRequest request, List<HostView> hosts) {
        return assertInstanceOf(Unplaceable.class, Scheduler.place(request, hosts)).message();
    }

    @Test
    void theMessageSaysWhichConstraintHowManyHostsFail() {
        List<HostView> hosts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            hosts.add(with(host("bare" + i, "a"), InterfaceSet.EMPTY, LARGE));
        }
        for (int i = 0; i < 3; i++) {
            hosts.add(with(host("tiny" + i, "a"), new InterfaceSet(List.of(STORE)), new Resources(MIB, 4000)));
        }
        hosts.add(in(host("c1", "a"), HostCondition.CORDONED));
        hosts.add(in(host("c2", "a"), HostCondition.CORDONED));
        assertEquals(
                "0 of 12 hosts fit: 7 lack wasi:keyvalue/store@0.2.0-draft, 3 have no 64Mi of memory left, 2 are cordoned",
                refused(replica("shop", 0, SMALL), hosts));
    }

    @Test
    void eachConstraintIsNamed() {
        HostView host = host("h", "a");
        assertEquals(
                "no host has reported yet; start one, or see whether hosts and operator use the same NATS",
                refused(importing(), List.of()));
        PlacementRequest elsewhere = new PlacementRequest(
                "acme", "w", "w", Map.of("disk", "tape"), Optional.empty(), List.of(), Resources.NONE, Set.of());
        assertEquals("0 of 1 host fits: 1 lacks the label disk=tape", refused(elsewhere, List.of(host)));
        PlacementRequest tenant = new PlacementRequest(
                "acme", "w", "w", Map.of(), Optional.of("bank"), List.of(), Resources.NONE, Set.of());
        assertEquals("0 of 1 host fits: 1 is not of environment bank", refused(tenant, List.of(host)));
        assertEquals(
                "0 of 2 hosts fit: 2 have no 4500m of CPU left",
                refused(replica("w", 0, new Resources(0, 4500)), List.of(host, host("i", "a"))));
        assertEquals(
                "0 of 2 hosts fit: 1 is draining, 1 is silent",
                refused(importing(), List.of(in(host, HostCondition.DRAINING), in(host("i", "a"), HostCondition.SILENT))));
    }

    @ParameterizedTest
    @CsvSource({
        "wasi:x/i@0.2.0, wasi:x/i@0.2.12, true",
        "wasi:x/i@0.2.12, wasi:x/i@0.2.0, true",
        "wasi:x/i@0.2.0, wasi:x/i@0.3.0, false",
        "wasi:x/i@1.4.0, wasi:x/i@1.0.0, true",
        "wasi:x/i@1.4.0, wasi:x/i@2.4.0, false",
        "wasi:x/i@0.0.1, wasi:x/i@0.0.2, false",
        "wasi:x/i@0.2.0-draft, wasi:x/i@0.2.0-draft, true",
        "wasi:x/i@0.2.0-draft, wasi:x/i@0.2.0, false",
        "wasi:x/i@0.2.0-rc.1, wasi:x/i@0.2.0-rc.2, false",
        "wasi:x/i, wasi:x/i@0.2.0-draft, true",
        "wasi:x/i@0.2.0, wasi:x/i, true",
        "wasi:x/j@0.2.0, wasi:x/i@0.2.0, false",
        "wasi:http/incoming-handler@0.2.0, wasi:x/i@0.2.0, true",
        "wasi:cli/run, wasi:x/i@0.2.0, true",
    })
    void interfacesMatchAsTheyDoWhenComponentsAreLinked(String wanted, String offered, boolean match) {
        HostView host = with(host("h", "a"), new InterfaceSet(List.of(id(offered))), LARGE);
        assertEquals(match, Scheduler.place(importing(wanted), List.of(host)) instanceof Placed);
    }

    @Test
    void requestsDoNotCountWhereAHostDoesNotSayWhatItHas() {
        Resources unknown = new Resources(Resources.UNKNOWN, Resources.UNKNOWN);
        HostView host = with(host("h", "a"), new InterfaceSet(List.of(STORE)), unknown);
        assertEquals("h", chosen(replica("w", 0, new Resources(1L << 50, 1 << 20)), List.of(host)));
    }

    @Test
    void aWorkloadThatRequestsNothingFitsWhereTooMuchIsRequestedAlready() {
        HostView full = host("h", "a").with(HostLoad.of(List.of(replica("big", 0, new Resources(1L << 40, 1 << 20)))));
        assertEquals("h", chosen(replica("w", 0, Resources.NONE), List.of(full)));
        assertEquals(
                "0 of 1 host fits: 1 has no 64Mi of memory left",
                refused(replica("w", 0, SMALL), List.of(full)));
    }

    @Test
    void aHostThatHasTheImageIsPreferredUntilItIsCrowded() {
        PlacementRequest one = replica("shop", 0, Resources.NONE);
        PlacementRequest other = new PlacementRequest(
                "acme", "o", "other", Map.of(), Optional.empty(), List.of(), Resources.NONE, one.images());
        HostView has = host("h1", "a").with(HostLoad.of(List.of(other)));
        List<HostView> others = new ArrayList<>();
        for (int i = 2; i < 10; i++) {
            others.add(host("h" + i, "a"));
        }
        others.add(has);
        assertEquals("h1", chosen(one, others));
        others.set(others.size() - 1, host("h1", "a").with(HostLoad.of(java.util.Collections.nCopies(10, other))));
        assertEquals(false, chosen(one, others).equals("h1"));
    }

    @Test
    void theEmptierHostIsPreferred() {
        HostView busy = host("h1", "a");
        HostView used = new HostView(
                "h1", "h1", busy.labels(), busy.environment(), busy.zone(), busy.interfaces(), LARGE,
                new Resources(3000 * MIB, 0), HostLoad.NONE, HostCondition.READY, busy.lastHeartbeat());
        for (int i = 0; i < 20; i++) {
            assertEquals("h2", chosen(replica("w" + i, 0, SMALL), List.of(used, host("h2", "a"))));
        }
    }
}
