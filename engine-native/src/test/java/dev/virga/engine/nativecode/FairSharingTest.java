package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import dev.virga.engine.Account;
import dev.virga.engine.CoreModule;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.engine.contract.EngineContract;
import dev.virga.engine.contract.Guest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guests that compute for ever beside guests that answer. */
@Timeout(60)
class FairSharingTest extends EngineContract implements NativeSource {

    private static final int LOOPS = 4;
    private static final int CALLS = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long ENTERED = 1 << 20;
    /** Longer than any machine's hiccup: what takes this long never got a processor. */
    private static final Duration STARVED = Duration.ofSeconds(20);

    private static final MethodHandle BUSY;

    static {
        try {
            BUSY = MethodHandles.lookup().findStatic(
                    FairSharingTest.class, "busy", MethodType.methodType(void.class, AtomicLong.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private CoreModule module;
    private final List<Loop> loops = new ArrayList<>();

    /** A guest that computes until it is stopped, on a virtual thread. */
    private record Loop(Store store, FutureTask<Trap> end) {

        /** Stops it and gives the trap with which it ended. */
        Trap stop(String reason) throws Exception {
            store.interrupt(reason);
            return end.get(STARVED.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void compile() {
        module = engine.compile(Guest.binary("loops"));
    }

    @AfterEach
    void stopLoops() throws Exception {
        for (Loop loop : loops) {
            loop.stop("the test is over");
            loop.store().close();
        }
    }

    private Loop startLoop(Limiter limiter) {
        Store own = engine.newStore(limiter);
        Guest guest = Guest.of(module, own, Map.of());
        FutureTask<Trap> end = new FutureTask<>(() -> assertThrows(Trap.class, () -> guest.call("br")));
        Loop loop = new Loop(own, end);
        loops.add(loop);
        Thread.ofVirtual().start(end);
        guest.awaitByte(ENTERED);
        return loop;
    }

    private static void await(Meter meter, long nanos) throws InterruptedException {
        assertTrue(meter.awaitNanos(nanos, STARVED), "a guest was starved");
    }

    /** How long calls take, from the start of a virtual thread to its end, in nanoseconds; ascending. */
    private static long[] latencies(Guest guest) throws InterruptedException {
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long before = System.nanoTime();
            Thread caller = Thread.ofVirtual().start(() -> guest.call("compute", 1_000));
            assertTrue(caller.join(STARVED), "a guest that answers was starved");
            nanos[i] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long p99(long[] ascending) {
        return ascending[ascending.length * 99 / 100];
    }

    /** What else runs on the machine delays the calls too, so they are measured without the loops as well. */
    @Test
    void guestsThatAnswerAreNotHeldUp() throws InterruptedException {
        Guest guest = Guest.of(module, store, Map.of());
        latencies(guest);
        long alone = p99(latencies(guest));
        for (int i = 0; i < LOOPS; i++) {
            startLoop(Limiter.UNLIMITED);
        }
        long beside = p99(latencies(guest));
        long allowed = Math.max(5 * MILLISECOND, 10 * alone);
        assertTrue(beside < allowed, "99 of 100 calls took up to " + beside / 1_000 + " µs beside " + LOOPS
                + " loops, " + alone / 1_000 + " µs without");
    }

    @Test
    void loopsAreStopped() throws Exception {
        for (int i = 0; i < LOOPS; i++) {
            startLoop(Limiter.UNLIMITED);
        }
        for (Loop loop : loops) {
            Trap trap = loop.stop("deadline passed");
            assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
            assertEquals("interrupted: deadline passed", trap.getMessage());
            assertEquals("loops", trap.backtrace().getLast().module());
        }
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    @Test
    void loopsAreChargedTheirProcessorTime() throws Exception {
        long before = processorTime();
        Meter meter = new Meter(1, Long.MAX_VALUE);
        Loop loop = startLoop(meter);
        await(meter, 200 * MILLISECOND);
        loop.stop("charged");
        // What runs when a tick comes is charged all of it, which happens at the start only.
        long most = processorTime() - before + 5 * MILLISECOND;
        assertTrue(meter.nanos() <= most, meter.nanos() + " ns charged of " + most);
    }

    @Test
    void manyShortCallsAreChargedToo() {
        Meter meter = new Meter(1, Long.MAX_VALUE);
        try (Store own = engine.newStore(meter)) {
            Guest guest = Guest.of(module, own, Map.of());
            long end = System.nanoTime() + STARVED.toNanos();
            while (meter.nanos() < 20 * MILLISECOND) {
                guest.call("compute", 20_000);
                assertTrue(System.nanoTime() < end, "only " + meter.nanos() + " ns were charged");
            }
        }
    }

    @Test
    void aLimiterStopsItsGuest() throws Exception {
        Meter meter = new Meter(1, 50 * MILLISECOND);
        Loop loop = startLoop(meter);
        Trap trap = loop.end().get(STARVED.toSeconds(), TimeUnit.SECONDS);
        assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
        assertTrue(trap.getMessage().contains("processor time"), trap.getMessage());
        assertTrue(meter.nanos() > 50 * MILLISECOND);
        assertFalse(Thread.interrupted());
    }

    /** A guest that does nothing but call the host, which computes for it. */
    private Loop startHostCalls(Limiter limiter) throws InterruptedException {
        Store own = engine.newStore(limiter);
        AtomicLong calls = new AtomicLong();
        MethodHandle busy = MethodHandles.insertArguments(BUSY, 0, calls);
        Guest guest = Guest.of(engine.compile(Guest.binary("host-loop")), own, Map.of(
                "work", own.newFunc(new FuncType(List.of(), List.of()), () -> busy)));
        FutureTask<Trap> end = new FutureTask<>(() -> assertThrows(Trap.class, () -> guest.call("run")));
        Loop loop = new Loop(own, end);
        loops.add(loop);
        Thread.ofVirtual().start(end);
        while (calls.get() == 0) {
            Thread.onSpinWait();
        }
        return loop;
    }

    private static void busy(AtomicLong calls) {
        long until = System.nanoTime() + 20_000;
        while (System.nanoTime() < until) {
            calls.incrementAndGet();
        }
    }

    @Test
    void whatTheHostComputesForAGuestIsChargedToIt() throws Exception {
        Meter meter = new Meter(1, 50 * MILLISECOND);
        Trap trap = startHostCalls(meter).end().get(STARVED.toSeconds(), TimeUnit.SECONDS);
        assertTrue(trap.getMessage().contains("processor time"), trap.getMessage());
    }

    @Test
    void guestsThatKeepTheHostBusyHoldUpNobody() throws InterruptedException {
        Guest guest = Guest.of(module, store, Map.of());
        latencies(guest);
        long alone = p99(latencies(guest));
        for (int i = 0; i < 3 * LOOPS; i++) {
            startHostCalls(Limiter.UNLIMITED);
        }
        long beside = p99(latencies(guest));
        long allowed = Math.max(10 * MILLISECOND, 10 * alone);
        assertTrue(beside < allowed, "99 of 100 calls took up to " + beside / 1_000 + " µs beside " + 3 * LOOPS
                + " guests in the host, " + alone / 1_000 + " µs without");
    }

    /** Calls of some ticks, one after the other: none shows at its start what it is. */
    @Test
    void longCallsOneAfterTheOtherHoldUpNobody() throws Exception {
        Guest guest = Guest.of(module, store, Map.of());
        latencies(guest);
        long alone = p99(latencies(guest));
        Meter meter = new Meter(1, Long.MAX_VALUE);
        for (int i = 0; i < 3 * LOOPS; i++) {
            Store own = engine.newStore(meter);
            Guest longGuest = Guest.of(module, own, Map.of());
            FutureTask<Trap> end = new FutureTask<>(() -> assertThrows(Trap.class, () -> {
                while (true) {
                    longGuest.call("compute", 5_000_000);
                }
            }));
            Loop loop = new Loop(own, end);
            loops.add(loop);
            Thread.ofVirtual().start(end);
        }
        await(meter, 100 * MILLISECOND);
        assertTrue(meter.account().callsAreLong());
        long beside = p99(latencies(guest));
        long allowed = Math.max(5 * MILLISECOND, 10 * alone);
        assertTrue(beside < allowed, "99 of 100 calls took up to " + beside / 1_000 + " µs beside " + 3 * LOOPS
                + " callers, " + alone / 1_000 + " µs without");
    }

    /** One instance of a workload, as many as it has. */
    private record OfWorkload(Meter meter) implements Limiter {
        @Override
        public boolean reserve(long bytes) {
            return true;
        }

        @Override
        public void release(long bytes) {}

        @Override
        public boolean consume(long nanos) {
            return meter.consume(nanos);
        }

        @Override
        public Account account() {
            return meter.account();
        }
    }

    @Test
    void manyInstancesGetNoMoreThanOne() throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        Meter few = new Meter(1, Long.MAX_VALUE);
        Meter many = new Meter(1, Long.MAX_VALUE);
        for (int i = 0; i < processors; i++) {
            startLoop(new OfWorkload(few));
        }
        for (int i = 0; i < 5 * processors; i++) {
            startLoop(new OfWorkload(many));
        }
        assertRatio(1, few, many);
    }

    /** On as many processors as there are both workloads have guests for all of them. */
    @Test
    void workloadsGetTheirShares() throws InterruptedException {
        Meter one = new Meter(1, Long.MAX_VALUE);
        Meter three = new Meter(3, Long.MAX_VALUE);
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            startLoop(one);
            startLoop(three);
        }
        assertRatio(3, one, three);
    }

    /**
     * Time goes by 1 to so much. What a workload misses while the machine gives one of the scheduler's threads no
     * processor it is given later, so on a busy machine not each window has the ratio.
     */
    private static void assertRatio(double wanted, Meter one, Meter other) throws InterruptedException {
        await(one, 50 * MILLISECOND);
        long end = System.nanoTime() + STARVED.toNanos();
        double ratio;
        do {
            long oneBefore = one.nanos();
            long otherBefore = other.nanos();
            await(one, oneBefore + 150 * MILLISECOND);
            ratio = (double) (other.nanos() - otherBefore) / (one.nanos() - oneBefore);
        } while ((ratio < 0.8 * wanted || ratio > 1.25 * wanted) && System.nanoTime() < end);
        assertTrue(ratio >= 0.8 * wanted && ratio <= 1.25 * wanted, "time went 1 to " + ratio + ", not 1 to " + wanted);
    }
}
