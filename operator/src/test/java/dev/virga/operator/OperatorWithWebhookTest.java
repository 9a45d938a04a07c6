package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.operator.resource.ReplicaSetObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster in which somebody's webhook changes workloads when they are made. */
class OperatorWithWebhookTest extends OperatorFixture {

    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean takesAnnotations;
    private volatile boolean refuses;

    @BeforeEach
    void reset() {
        made.set(0);
        takesAnnotations = false;
        refuses = false;
    }

    @Override
    Optional<Cluster> cluster(Path folder) {
        return Optional.of(new MockCluster(this::change, UnaryOperator.identity()));
    }

    private ObjectNode change(ObjectNode object) {
        if (object.path("kind").asText().equals("Workload")) {
            if (refuses) {
                return object.removeAll();
            }
            made.incrementAndGet();
            ((ObjectNode) object.at("/spec/components/0")).put("imagePullPolicy", "Always");
            if (takesAnnotations) {
                object.withObject("/metadata").remove("annotations");
            }
        }
        return object;
    }

    @Test
    void aChangedWorkloadIsStillOneOfItsSet() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        assertEquals(3, made.get());
        apply(deployment("shop", 3, "2", ""));
        ready("shop");
        assertEquals(6, made.get());
    }

    @Test
    void whatCannotBeToldToBeOneOfTheSetIsNotMadeWithoutEnd() {
        takesAnnotations = true;
        apply(deployment("shop", 3, "1", ""));
        until(() -> !sets().isEmpty());
        String name = sets().getFirst().getMetadata().getName();
        until(ReplicaSetObject.class, name, s -> s.status().condition("ScaleUp")
                .filter(c -> c.status().equals("False") && c.reason().equals("NotAdopted"))
                .filter(c -> c.message().startsWith("3 workloads were changed"))
                .isPresent());
        int before = looks();
        until(() -> looks() > before + 10); // sets are looked at whenever a workload changes, and each second
        assertEquals(3, made.get());
    }

    @Test
    void aSetSaysThatTheClusterTakesNoWorkloadOfIt() {
        refuses = true;
        apply(deployment("shop", 2, "1", ""));
        until(() -> !sets().isEmpty());
        String name = sets().getFirst().getMetadata().getName();
        ReplicaSetObject set = until(ReplicaSetObject.class, name, s -> s.status().condition("Ready").isPresent());
        assertEquals("False", set.status().condition("ScaleUp").orElseThrow().status());
        String message = set.status().condition("ScaleUp").orElseThrow().message();
        assertTrue(message.startsWith("2 workloads are missing: ") && message.contains("webhook"), message);
        assertFalse(set.status().isReady());
        refuses = false;
        ready("shop");
        until(ReplicaSetObject.class, name, s -> s.status().isTrue("ScaleUp") && s.status().isReady());
    }

    @Test
    void aSetSaysThatWorkloadsOfAnEarlierTemplateAreLeft() {
        apply(set("1"));
        until(ReplicaSetObject.class, "alone", s -> s.status().isReady());
        apply(set("bad"));
        ReplicaSetObject set =
                until(ReplicaSetObject.class, "alone", s -> current(s) && s.status().replicas().current() == 4);
        assertEquals("Unknown", set.status().condition("ScaleDown").orElseThrow().status());
        apply(set("2"));
        until(ReplicaSetObject.class, "alone", s -> current(s) && s.status().isReady());
        assertEquals(2, running("2"));
        client.resource(set).delete();
    }

    private String set(String tag) {
        return deployment("alone", 2, tag, "").replace("WorkloadDeployment", "WorkloadReplicaSet");
    }
}
