package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.virga.engine.Limiter;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Synchronous calls in a component that can tell its threads. */
class SyncThreadsTest {

    private final PreparedComponent<Void> prepared = new Linker<Void>().prepare(Guests.load("contexts"));
    private final MethodHandle exchange =
            prepared.function("exchange").orElseThrow().handle(int.class, List.of(int.class));

    @Test
    void eachHasAThreadOfItsOwn() throws Throwable {
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            assertEquals(0, (int) exchange.invokeExact(instance, 7));
            assertEquals(0, (int) exchange.invokeExact(instance, 8));
        }
    }

    @Test
    void theyAllocateNothing() throws Throwable {
        int calls = 20_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        int sum = 0;
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            for (int round = 0; round < 10; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < calls; i++) {
                    sum += (int) exchange.invokeExact(instance, i);
                }
                allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
            }
        }
        assertEquals(0, sum);
        assertTrue(allocated < calls, allocated + " bytes for " + calls + " calls");
    }
}
