package dev.virga.engine.contract;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that do not end by themselves are ended, wherever they are. */
@Timeout(60)
public abstract class InterruptContract extends EngineContract {

    /** Where the modules' endless functions write 1 before they come to what they do for ever. */
    private static final long ENTERED = 1 << 20;

    /** What a thread saw: the trap, and whether its interrupt flag was left set. */
    private record Outcome(Trap trap, boolean flag) {}

    private static FutureTask<Outcome> started(Guest guest, String name, Object... arguments) {
        FutureTask<Outcome> task = new FutureTask<>(() -> {
            Trap trap = assertThrows(Trap.class, () -> guest.call(name, arguments));
            return new Outcome(trap, Thread.interrupted());
        });
        Thread.ofVirtual().start(task);
        return task;
    }

    /** Starts the call on a virtual thread and interrupts the store once it is in its loop. */
    private Outcome interrupted(Guest guest, String name, Object... arguments) throws Exception {
        FutureTask<Outcome> task = started(guest, name, arguments);
        guest.awaitByte(ENTERED);
        store.interrupt("test over");
        return task.get();
    }

    /** Starts the call and interrupts the store once a host function was called. */
    private Outcome interruptedInTheHost(CountDownLatch called, Guest guest, String name) throws Exception {
        FutureTask<Outcome> task = started(guest, name);
        called.await();
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

    @ParameterizedTest
    @ValueSource(strings = {"forever", "foreverIndirect"})
    void stopsEndlessTailCalls(String function) throws Exception {
        assertStopped(interrupted(Guest.of(engine, store, "tailcalls", Map.of()), function));
    }

    static void block(CountDownLatch entered) throws InterruptedException {
        entered.countDown();
        new CountDownLatch(1).await();
    }

    /** Takes the interruption for its own and goes on. */
    static void swallow(CountDownLatch entered) {
        Thread.interrupted();
        entered.countDown();
    }

    private Extern.Func host(String name, CountDownLatch entered) throws ReflectiveOperationException {
        MethodHandle handle = MethodHandles.lookup()
                .findStatic(InterruptContract.class, name, MethodType.methodType(void.class, CountDownLatch.class))
                .bindTo(entered);
        return store.newFunc(new FuncType(List.of(), List.of()), () -> handle);
    }

    @Test
    void stopsBlockingHostCalls() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        Guest guest = Guest.of(engine, store, "traps", Map.of("fail", host("block", entered)));
        assertStopped(interruptedInTheHost(entered, guest, "callFail"));
    }

    @Test
    void stopsAGuestWhoseHostFunctionSwallowsTheInterruption() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        Guest guest = Guest.of(engine, store, "traps", Map.of("fail", host("swallow", entered)));
        assertStopped(interruptedInTheHost(entered, guest, "callFailForEver"));
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
            Thread.ofVirtual().start(task);
            first.awaitByte(ENTERED);
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
        guest.awaitByte(ENTERED);
        thread.interrupt();
        assertEquals(Trap.Kind.INTERRUPTED, task.get().trap().kind());
        assertTrue(task.get().flag());
        assertEquals(guest.call("compute", 5), guest.call("compute", 5));
    }
}
