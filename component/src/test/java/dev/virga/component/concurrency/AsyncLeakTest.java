package dev.virga.component.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.virga.component.ComponentInstance;
import dev.virga.component.Guests;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Limiter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After very many tasks, streams and instances all is as before: handles, charged memory, heap and
 * threads. {@code -Dvirga.test.leaks=500} makes five hundred times as many: 100,000 tasks of each kind, 50,000
 * instances.
 */
class AsyncLeakTest {

    private static final int FACTOR = Integer.getInteger("virga.test.leaks", 1);

    @TempDir
    Path temp;

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

    /** Does it a few times, then often, and looks at what has grown. */
    private void leavesNothing(int times, Runnable round) throws IOException {
        for (int i = 0; i < 50; i++) {
            round.run();
        }
        awaitNoThreads();
        long before = used();
        for (int i = 0; i < times; i++) {
            round.run();
        }
        awaitNoThreads();
        long grown = used() - before;
        assertTrue(grown < 2_000_000 + times * 100L, "the heap grew by " + grown + " bytes");
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** Until no virtual thread of an instance is left; those that were told to stop need a moment. */
    private void awaitNoThreads() throws IOException {
        long start = System.nanoTime();
        String left = threads();
        while (left.contains("virga-")) {
            assertTrue(System.nanoTime() - start < 10_000_000_000L, left);
            Thread.onSpinWait();
            left = threads();
        }
    }

    private String threads() throws IOException {
        Path dump = temp.resolve("threads");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(dump);
    }

    @Test
    void tasksThatTheHostCancelsLeaveNothing() throws IOException {
        Meter meter = new Meter();
        try (Waits waits = new Waits(meter, 1000, _ -> null)) {
            long charged = meter.bytes.get();
            for (String name : new String[] {"callback", "stackful"}) {
                leavesNothing(200 * FACTOR, () -> {
                    Thread.currentThread().interrupt();
                    assertThrows(CancellationException.class, () -> waits.call(name, 1));
                    assertTrue(Thread.interrupted());
                    waits.interrupted.clear();
                    waits.begun.drainPermits();
                });
            }
            assertEquals(0, waits.instance.handles());
            assertTrue(meter.bytes.get() - charged < 10_000, "charged: " + (meter.bytes.get() - charged));
        }
        assertEquals(0, meter.bytes.get());
    }

    @Test
    void tasksThatAGuestCancelsLeaveNothing() throws IOException {
        PreparedComponent<Void> crowd = new Linker<Void>(100_000).prepare(Guests.load("crowd"));
        try (ComponentInstance instance = crowd.instantiate(null, Limiter.UNLIMITED)) {
            leavesNothing(50 * FACTOR, () -> crowd.function("cancel").orElseThrow().call(instance, 10));
            assertEquals(0, instance.handles());
        }
    }

    @Test
    void callsOfTheHostsFunctionsLeaveNothing() throws IOException {
        try (Waits waits = new Waits()) {
            waits.answer(1, 11);
            for (String name : new String[] {"callback", "stackful", "sync-lifted", "sync-lowered"}) {
                leavesNothing(200 * FACTOR, () -> {
                    assertEquals(11, waits.call(name, 1));
                    waits.begun.drainPermits();
                });
            }
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void streamsAndFuturesLeaveNothing() throws IOException {
        try (Waits waits = Waits.pipes()) {
            leavesNothing(100 * FACTOR, () -> {
                try (InputStream digits = (InputStream) waits.call("digits", 20, 3)) {
                    assertEquals('0', digits.read());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                assertEquals(0, waits.call("sum", InputStream.nullInputStream(), 5));
                waits.notes.clear();
            });
            assertEquals(0, waits.instance.handles());
        }
    }

    @Test
    void instancesThatAreClosedWhileTheirTasksWaitLeaveNothing() throws IOException {
        PreparedComponent<Void> crowd = new Linker<Void>().prepare(Guests.load("crowd"));
        Meter meter = new Meter();
        leavesNothing(100 * FACTOR, () -> {
            try (ComponentInstance instance = crowd.instantiate(null, meter)) {
                for (String name : new String[] {"sit", "streams", "futures", "threads"}) {
                    crowd.function(name).orElseThrow().call(instance, 3);
                }
            }
        });
        assertEquals(0, meter.bytes.get());
    }

    @Test
    void instancesThatAreClosedWithStacksAndStreamsLeaveNothing() throws IOException {
        Meter meter = new Meter();
        leavesNothing(20 * FACTOR, () -> {
            Source source = new Source();
            try (Waits waits = Waits.pipes(meter, 1000, InputStream::nullInputStream)) {
                waits.call("leave", source.bytes());
                waits.call("digits", 20, 3);
                waits.call("broken");
                waits.call("promise", 1);
            }
            try {
                source.closed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(0, meter.bytes.get());
    }
}
