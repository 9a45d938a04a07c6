package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    @BeforeEach
    void reset() {
        made.set(0);
        takesAnnotations = false;
    }

    @Override
    Optional<Cluster> cluster(Path folder) {
        return Optional.of(new MockCluster(this::change, UnaryOperator.identity()));
    }

    private ObjectNode change(ObjectNode object) {
        if (object.path("kind").asText().equals("Workload")) {
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
}
