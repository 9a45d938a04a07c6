package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeakTest {

    private static final int INSTANCES = 10_000;

    /** Counts what is charged. */
    private static final class Meter implements Limiter {
        final AtomicLong bytes = new AtomicLong();

        @Override
        public boolean reserve(long more) {
            bytes.addAndGet(more);
            return true;
        }

        @Override
        public void release(long less) {
            bytes.addAndGet(-less);
        }
    }

    @Test
    void tenThousandInstancesWithResourcesLeaveNothing() {
        PreparedComponent<Things> prepared = Things.prepared();
        ExportedFunction make = prepared.function("make").orElseThrow();
        ExportedFunction drop = prepared.function("drop").orElseThrow();
        Meter meter = new Meter();
        Runnable round = () -> {
            Things host = new Things();
            try (ComponentInstance instance = prepared.instantiate(host, meter)) {
                make.call(instance, 1);
                make.call(instance, 2);
                drop.call(instance, 1);
            }
            assertTrue(host.made.stream().allMatch(thing -> thing.closed == 1));
        };
        for (int i = 0; i < 500; i++) {
            round.run();
        }
        long before = used();
        for (int i = 0; i < INSTANCES; i++) {
            round.run();
        }
        assertEquals(0, meter.bytes.get());
        long grown = used() - before;
        assertTrue(grown < INSTANCES * 200L, "the heap grew by " + grown + " bytes");
    }

    /** A hundred thousand calls, a million with {@code -Dvirga.test.leaks}. */
    @Test
    void callsWithResourcesLeaveNothing() {
        int calls = Integer.getInteger("virga.test.leaks", 1) > 1 ? 1_000_000 : 100_000;
        PreparedComponent<Things> prepared = Things.prepared();
        Things host = new Things();
        try (ComponentInstance instance = prepared.instantiate(host, Limiter.UNLIMITED)) {
            ExportedFunction make = prepared.function("make").orElseThrow();
            ExportedFunction drop = prepared.function("drop").orElseThrow();
            ExportedFunction look = prepared.function("look").orElseThrow();
            long before = used();
            for (int i = 0; i < calls; i++) {
                drop.call(instance, make.call(instance, i));
                look.call(instance, host.made.getFirst());
                host.made.clear();
                assertEquals(0, instance.handles());
            }
            long grown = used() - before;
            assertTrue(grown < 2_000_000, "the heap grew by " + grown + " bytes");
        }
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
