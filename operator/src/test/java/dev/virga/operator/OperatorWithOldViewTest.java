package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.operator.resource.WorkloadObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a cluster that tells of workloads and sets late, so that an operator does not see at once what it has written. */
class OperatorWithOldViewTest extends OperatorFixture {

    private final AtomicInteger made = new AtomicInteger();
    private SlowWatches watches;

    @Override
    Optional<Cluster> cluster(Path folder) {
        return Optional.of(new MockCluster(this::count, this::slow));
    }

    private ObjectNode count(ObjectNode object) {
        if (object.path("kind").asText().equals("Workload")) {
            made.incrementAndGet();
        }
        return object;
    }

    private URI slow(URI server) {
        try {
            watches = new SlowWatches(server, Set.of("workloads", "workloadreplicasets"), Duration.ofMillis(300));
            return watches.uri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void closeWatches() throws IOException {
        watches.close();
    }

    @BeforeEach
    void reset() {
        made.set(0);
    }

    @Test
    void anUpdateRightAfterTheFirstRolloutIsTheSecondRevision() {
        apply(deployment("shop", 2, "1", ""));
        until(() -> sets().size() == 1);
        apply(deployment("shop", 2, "2", ""));
        ready("shop");
        assertEquals(List.of(1L, 2L), sets().stream().map(Revisions::number).sorted().toList());
    }

    @Test
    void aLostWorkloadIsReplacedByOneAndNotByTwo() {
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        for (int i = 1; i <= 6; i++) {
            int wanted = 3 + i;
            WorkloadObject lost = workloads().getFirst();
            client.resource(lost).delete();
            until(() -> workloads().stream().filter(w -> w.status().isReady()).count() == 3
                    && workloads().stream().noneMatch(w -> w.getMetadata().getUid().equals(lost.getMetadata().getUid()))
                    && made.get() >= wanted); // which is told by a watch of its own
            assertEquals(wanted, made.get());
        }
    }

    @Test
    void noMoreAreDeletedThanAreTooMany() {
        apply(deployment("shop", 6, "1", ""));
        ready("shop");
        apply(deployment("shop", 3, "1", ""));
        ready("shop");
        until(() -> running("1") == 3);
        assertEquals(6, made.get());
    }
}
