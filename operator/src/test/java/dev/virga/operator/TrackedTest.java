package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.operator.endpoints.Replica;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackedTest {

    private final Tracked tracked = new Tracked();

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

    private List<Replica> behind() {
        return tracked.behind("acme", "shop");
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
        assertEquals(List.of(new Replica("a", true)), behind());
        tracked.put(one, status("", false, "a"));
        assertEquals(List.of(new Replica("a", true)), behind());
        tracked.put(one, status("b", false, "a"));
        assertEquals(List.of(new Replica("b", false), new Replica("a", true)), behind());
        tracked.put(one, status("b", true, "a"));
        assertEquals(List.of(new Replica("b", true)), behind());
    }

    @Test
    void aHostThatNeverSaidThatItTookAWorkloadGetsNoRequests() {
        WorkloadObject one = workload("one");
        WorkloadStatus left = status("", false, "a", "b");
        tracked.put(one, new WorkloadStatus(
                left.conditions(), "c", "", "", left.leftOn(), List.of("b"), ""));
        assertEquals(List.of(new Replica("c", false), new Replica("a", true)), behind());
    }
}
