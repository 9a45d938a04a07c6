package dev.virga.component.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.Guests;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Very many tasks, waitables and threads in one instance: time grows with their number, limits hold. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrowdTest {

    private static final Component GUEST = Guests.load("crowd");
    private static final PreparedComponent<Void> PREPARED = new Linker<Void>().prepare(GUEST);

    private static void call(ComponentInstance instance, String name, int n) {
        PREPARED.function(name).orElseThrow().call(instance, n);
    }

    private static Duration time(String crowd, int size, String function, int n) {
        try (ComponentInstance instance = PREPARED.instantiate(null, Limiter.UNLIMITED)) {
            call(instance, crowd, size);
            long start = System.nanoTime();
            call(instance, function, n);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    /** Where the host went through all that wait at each of these steps, it took minutes. */
    @ParameterizedTest
    @CsvSource({"sit, 30000, yield, 10000", "sit, 0, queue, 15000", "sit, 30000, cancel, 10000", "sit, 0, poll, 15000"})
    void aStepDoesNotTakeLongerTheMoreTasksWait(String crowd, int size, String function, int n) {
        Duration taken = time(crowd, size, function, n);
        assertTrue(taken.toSeconds() < 10, taken.toString());
    }

    /** As objects they would take more than the host holds for one call. */
    @Test
    void manyElementsPassFromComponentToComponentInPieces() {
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(Guests.load("bulk"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            assertEquals(0xC00000, prepared.function("run").orElseThrow().call(instance));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sit", "sets", "streams", "futures", "threads"})
    void theHandleLimitIsOneForAllKinds(String function) {
        PreparedComponent<Void> prepared = new Linker<Void>(1000).prepare(GUEST);
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            prepared.function(function).orElseThrow().call(instance, 100);
            Trap trap = assertThrows(
                    Trap.class, () -> prepared.function(function).orElseThrow().call(instance, 1000));
            assertEquals("cannot allocate another handle: the instance's limit is 1000", trap.getMessage());
        }
    }

    /** Lets so many bytes be reserved. */
    private static final class Budget implements Limiter {
        private final AtomicLong left;

        Budget(long bytes) {
            left = new AtomicLong(bytes);
        }

        @Override
        public boolean reserve(long bytes) {
            boolean fits = left.get() >= bytes;
            if (fits) {
                left.addAndGet(-bytes);
            }
            return fits;
        }

        @Override
        public void release(long bytes) {
            left.addAndGet(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sit", "sets", "streams", "futures", "threads"})
    void allOfThemAreChargedToTheMemoryLimit(String function) {
        Budget budget = new Budget(8 << 20);
        try (ComponentInstance instance = PREPARED.instantiate(null, budget)) {
            Trap trap = assertThrows(Trap.class, () -> call(instance, function, 900_000));
            assertTrue(trap.getMessage().contains("memory limit"), trap.getMessage());
        }
        assertEquals(8 << 20, budget.left.get());
    }
}
