package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.endpoints.Replica;
import dev.virga.operator.endpoints.Replica.State;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackedTest {

    private Instant now = Instant.EPOCH;
    private final Tracked tracked = new Tracked(() -> now);

    private static WorkloadObject workload(String name) {
        WorkloadObject workload = new WorkloadObject();
        workload.getMetadata().setName(name);
        workload.getMetadata().setNamespace("acme");
        workload.getMetadata().setUid("uid-" + name);
        workload.setSpec(Trees.empty());
        workload.getSpec().putObject("kubernetes").putObject("service").put("name", "shop");
        return workload;
    }

    private static WorkloadStatus status(String host, boolean ready, String... left) {
        Condition condition = new Condition(
                Condition.READY, ready ? Condition.TRUE : Condition.FALSE, "Test", "", 1, "2026-01-01T00:00:00Z", "");
        return new WorkloadStatus(List.of(condition), host, "", "uid", List.of(left), List.of(), "");
    }

    private static WorkloadObject deleted(WorkloadObject workload) {
        workload.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        return workload;
    }

    private static Replica one(String host, State state) {
        return new Replica("uid-one", host, state);
    }

    private List<Replica> behind() {
        return tracked.behind("acme", "shop");
    }

    private Duration goesOn() {
        return tracked.goesOn("uid-one", "dead"::equals);
    }

    @Test
    void whoListensIsToldOfAllThatIsThere() {
        tracked.put(workload("one"), status("a", true));
        List<String> told = new ArrayList<>();
        tracked.listen((namespace, service) -> told.add(namespace + "/" + service));
        assertEquals(List.of("acme/shop"), told);
    }

    @Test
    void aWorkloadThatMovesIsWhereItWasUntilItIsReadyElsewhere() {
        WorkloadObject one = workload("one");
        tracked.put(one, status("a", true));
        assertEquals(List.of(one("a", State.READY)), behind());
        tracked.put(one, status("", false, "a"));
        assertEquals(List.of(one("a", State.READY)), behind());
        tracked.put(one, status("b", false, "a"));
        assertEquals(List.of(one("b", State.NOT_READY), one("a", State.READY)), behind());
        tracked.put(one, status("b", true, "a"));
        assertEquals(List.of(one("b", State.READY)), behind());
    }

    @Test
    void aHostThatNeverSaidThatItTookAWorkloadGetsNoRequests() {
        WorkloadObject one = workload("one");
        WorkloadStatus left = status("", false, "a", "b");
        tracked.put(one, new WorkloadStatus(
                left.conditions(), "c", "", "", left.leftOn(), List.of("b"), ""));
        assertEquals(List.of(one("c", State.NOT_READY), one("a", State.READY)), behind());
    }

    @Test
    void aDeletedWorkloadEndsWhereverItAnswers() {
        WorkloadObject one = workload("one");
        tracked.put(one, status("a", true));
        List<String> told = new ArrayList<>();
        tracked.listen((_, service) -> told.add(service));
        tracked.put(deleted(one), status("a", true));
        assertEquals(List.of("shop", "shop"), told, "its endpoints are others");
        assertEquals(List.of(one("a", State.ENDING)), behind());
        tracked.put(one, status("b", false, "a"));
        assertEquals(List.of(one("b", State.NOT_READY), one("a", State.ENDING)), behind());
    }

    @Test
    void aDeletedWorkloadGoesOnFor2sAfterItsEndpointsWereWritten() {
        tracked.put(deleted(workload("one")), status("a", true));
        assertEquals(Duration.ofMinutes(1), goesOn(), "if they are not");
        now = now.plusSeconds(5);
        tracked.told(behind());
        now = now.plusSeconds(1);
        tracked.told(behind()); // for another reason
        assertEquals(Duration.ofSeconds(1), goesOn());
        now = now.plusSeconds(2);
        assertEquals(Duration.ZERO, goesOn());
    }

    @Test
    void whatTheEndpointsSaidBeforeDoesNotCount() {
        WorkloadObject one = workload("one");
        tracked.put(one, status("a", true));
        List<Replica> before = behind();
        tracked.put(deleted(one), status("a", true));
        tracked.told(before);
        assertEquals(Duration.ofMinutes(1), goesOn());
    }

    @Test
    void endpointsThatCannotBeWrittenKeepNothingForLong() {
        tracked.put(deleted(workload("one")), status("a", true));
        now = now.plusSeconds(59);
        tracked.told(behind());
        assertEquals(Duration.ofSeconds(1), goesOn());
        now = now.plusSeconds(1);
        assertEquals(Duration.ZERO, goesOn());
    }

    @Test
    void aWorkloadToWhichNoRequestsComeStopsAtOnce() {
        tracked.put(workload("one"), status("a", true));
        assertEquals(Duration.ZERO, goesOn(), "it is not to stop");
        for (WorkloadStatus status : List.of(status("a", false), status("dead", true), status("", false, "dead"))) {
            tracked.put(deleted(workload("one")), status);
            assertEquals(Duration.ZERO, goesOn(), status::toString);
        }
        WorkloadObject alone = deleted(workload("one"));
        alone.getSpec().remove("kubernetes");
        tracked.put(alone, status("a", true));
        assertEquals(Duration.ZERO, goesOn(), "it is behind no service");
        assertEquals(Duration.ZERO, tracked.goesOn("unknown", _ -> false));
    }

    @Test
    void oneThatEndsMakesRoomForThoseOfItsServiceOnly() {
        tracked.put(workload("one"), status("", false));
        assertFalse(tracked.oneEndsBeside("uid-one"));
        WorkloadObject other = deleted(workload("two"));
        other.getMetadata().setNamespace("other");
        tracked.put(other, status("a", true));
        assertFalse(tracked.oneEndsBeside("uid-one"));
        WorkloadObject three = deleted(workload("three"));
        tracked.put(three, status("a", true));
        assertTrue(tracked.oneEndsBeside("uid-one"));
        tracked.remove(three);
        assertFalse(tracked.oneEndsBeside("uid-one"));
    }
}
