package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InterruptTest {

    private final PortableEngine engine = new PortableEngine(Optional.empty());
    private final Store store = engine.newStore(Limiter.UNLIMITED);

    @AfterEach
    void close() {
        store.close();
        engine.close();
    }

    /** What a thread saw: the trap, and whether its interrupt flag was left set. */
    private record Outcome(Trap trap, boolean flag) {}

    /** Starts the call on a virtual thread and interrupts the store once it is inside. */
    private Outcome interrupted(Guest guest, String name, Object... arguments) throws Exception {
        FutureTask<Outcome> task = new FutureTask<>(() -> {
            Trap trap = assertThrows(Trap.class, () -> guest.call(name, arguments));
            return new Outcome(trap, Thread.interrupted());
        });
        Thread thread = Thread.ofVirtual().start(task);
        while (!((PortableStore) store).isInside(thread)) {
            Thread.onSpinWait();
        }
        store.interrupt("test over");
        return task.get();
    }

    private static void assertStopped(Outcome outcome) {
        assertEquals(Trap.Kind.INTERRUPTED, outcome.trap().kind());
        assertEquals("interrupted: test over", outcome.trap().getMessage());
        assertFalse(outcome.flag(), "an interrupt flag was left on the thread");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "br_if", "nested", "call", "call_indirect", "fill", "copy"})
    void stopsLoopsOfEveryKind(String loop) throws Exception {
        assertStopped(interrupted(Guest.of(engine, store, "loops", Map.of()), loop));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void stopsLoopsByBranchTable(int label) throws Exception {
        Guest guest = Guest.of(engine, store, "loops", Map.of());
        if (label == 1) {
            // The label that leaves the loop, to be sure that the others do not.
            guest.call("br_table", label);
        } else {
            assertStopped(interrupted(guest, "br_table", label));
        }
    }

    @Test
    void stopsEndlessTailCalls() throws Exception {
        assertStopped(interrupted(Guest.of(engine, store, "tailcalls", Map.of()), "forever"));
    }

    static void block(CountDownLatch entered) throws InterruptedException {
        entered.countDown();
        new CountDownLatch(1).await();
    }

    /** Takes the interruption for its own and goes on. */
    static void swallow() {
        Thread.interrupted();
    }

    private Extern.Func host(String name, Object... bound) throws ReflectiveOperationException {
        Class<?>[] types = bound.length == 0 ? new Class<?>[0] : new Class<?>[] {CountDownLatch.class};
        MethodHandle handle = MethodHandles.insertArguments(
                MethodHandles.lookup().findStatic(InterruptTest.class, name, MethodType.methodType(void.class, types)),
                0, bound);
        return store.newFunc(new FuncType(List.of(), List.of()), () -> handle);
    }

    @Test
    void stopsBlockingHostCalls() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        Guest guest = Guest.of(engine, store, "traps", Map.of("fail", host("block", entered)));
        assertStopped(interrupted(guest, "callFail"));
    }

    @Test
    void stopsAGuestWhoseHostFunctionSwallowsTheInterruption() throws Exception {
        Guest guest = Guest.of(engine, store, "traps", Map.of("fail", host("swallow")));
        assertStopped(interrupted(guest, "callFailForEver"));
    }

    @Test
    void everyLaterCallTrapsToo() throws Exception {
        Guest guest = Guest.of(engine, store, "loops", Map.of());
        assertStopped(interrupted(guest, "br"));
        Trap trap = assertThrows(Trap.class, () -> guest.call("compute", 1));
        assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
        assertFalse(Thread.interrupted());
    }

    @Test
    void anotherStoreOnTheSameThreadIsNotHit() throws Exception {
        try (Store other = engine.newStore(Limiter.UNLIMITED)) {
            Guest second = Guest.of(engine, other, "loops", Map.of());
            Guest first = Guest.of(engine, store, "loops", Map.of());
            FutureTask<Object> task = new FutureTask<>(() -> {
                assertThrows(Trap.class, () -> first.call("br"));
                return second.call("compute", 100_000);
            });
            Thread thread = Thread.ofVirtual().start(task);
            while (!((PortableStore) store).isInside(thread)) {
                Thread.onSpinWait();
            }
            store.interrupt("test over");
            assertEquals(second.call("compute", 100_000), task.get());
        }
    }

    @Test
    void interruptingWhileTheGuestLeavesLeavesNoFlag() {
        CoreModule module = engine.compile(Guest.binary("loops"));
        for (int round = 0; round < 500; round++) {
            try (Store racing = engine.newStore(Limiter.UNLIMITED)) {
                Guest guest = Guest.of(module, racing, Map.of());
                Thread interrupter = Thread.ofVirtual().start(() -> racing.interrupt("race"));
                try {
                    guest.call("compute", 3);
                } catch (Trap trap) {
                    assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
                }
                assertTimeoutPreemptively(Duration.ofSeconds(10), () -> interrupter.join());
                assertFalse(Thread.interrupted());
            }
        }
    }

    @Test
    void anInterruptionOfTheThreadItselfStopsTheGuestAndStaysSet() throws Exception {
        Guest guest = Guest.of(engine, store, "loops", Map.of());
        FutureTask<Outcome> task = new FutureTask<>(() -> {
            Trap trap = assertThrows(Trap.class, () -> guest.call("br"));
            return new Outcome(trap, Thread.interrupted());
        });
        Thread thread = Thread.ofVirtual().start(task);
        while (!((PortableStore) store).isInside(thread)) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertEquals(Trap.Kind.INTERRUPTED, task.get().trap().kind());
        assertTrue(task.get().flag());
        assertEquals(guest.call("compute", 5), guest.call("compute", 5));
    }
}
