package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a guest breaks a rule, and what the host gets to see of it. */
public abstract class TrapContract extends EngineContract {

    /** Whether a call of an imported function is on the stack too, before the function's own frames. */
    protected boolean importsHaveFrames() {
        return false;
    }

    private void assertFrames(Trap trap, String... wanted) {
        assertEquals(List.of(wanted), trap.backtrace().stream().map(Trap.Frame::toString).toList());
    }


    private Guest guest() {
        return Guest.of(engine, store, "traps", Map.of());
    }

    private static void assertTraps(Trap.Kind kind, Guest guest, String name, Object... arguments) {
        assertEquals(kind, assertThrows(Trap.class, () -> guest.call(name, arguments)).kind(), name);
    }

    @Test
    void everyTrapHasItsKind() {
        Guest guest = guest();
        assertTraps(Trap.Kind.UNREACHABLE, guest, "unreachable");
        assertTraps(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, guest, "divide", 1, 0);
        assertTraps(Trap.Kind.INTEGER_OVERFLOW, guest, "divide", Integer.MIN_VALUE, -1);
        assertTraps(Trap.Kind.INVALID_CONVERSION, guest, "truncate", Float.NaN);
        assertTraps(Trap.Kind.INTEGER_OVERFLOW, guest, "truncate", 1e20f);
        assertTraps(Trap.Kind.UNDEFINED_ELEMENT, guest, "indirect", 3);
        assertTraps(Trap.Kind.UNDEFINED_ELEMENT, guest, "indirect", -1);
        assertTraps(Trap.Kind.UNINITIALIZED_ELEMENT, guest, "indirect", 1);
        assertTraps(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH, guest, "indirectUnary", 0);
    }

    @Test
    void aTrapInAnotherGuestsFunctionHasItsKindToo() {
        Guest caller = Guest.of(engine, store, "caller", Map.of(
                "table", Guest.of(engine, store, "calls", Map.of()).export("table"),
                "add", guest().export("divide")));
        assertEquals(2, caller.call("callAdd", 9, 4));
        Trap trap = assertThrows(Trap.class, () -> caller.call("callAdd", 1, 0));
        assertEquals(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, trap.kind());
        if (importsHaveFrames()) {
            assertFrames(trap, "traps!func[4]", "caller!add", "caller!func[3]");
        } else {
            assertFrames(trap, "traps!func[4]", "caller!func[3]");
        }
        assertTraps(Trap.Kind.INTEGER_OVERFLOW, caller, "callAdd", Integer.MIN_VALUE, -1);
    }

    @Test
    void everyAccessOutsideATableTraps() {
        Guest guest = Guest.of(engine, store, "tables", Map.of());
        guest.call("fill", 0, 5);
        guest.call("copy", 5, 5, 0);
        for (int large : new int[] {6, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertTraps(Trap.Kind.TABLE_OUT_OF_BOUNDS, guest, "fill", large, 0);
            assertTraps(Trap.Kind.TABLE_OUT_OF_BOUNDS, guest, "fill", 1, large);
            assertTraps(Trap.Kind.TABLE_OUT_OF_BOUNDS, guest, "copy", large, 1, 1);
            assertTraps(Trap.Kind.TABLE_OUT_OF_BOUNDS, guest, "copy", 1, large, 1);
            assertTraps(Trap.Kind.TABLE_OUT_OF_BOUNDS, guest, "copy", 1, 1, large);
        }
    }

    @Test
    void everyAccessOutsideTheMemoryTraps() {
        Guest guest = guest();
        for (int address : new int[] {65_533, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -4}) {
            assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "load", address);
            assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "store", address);
        }
        assertEquals(0, guest.call("load", 65_532));
        // The sum of address and offset must not wrap around.
        for (int address : new int[] {0, 1, 4, 65_536, Integer.MAX_VALUE, -1}) {
            assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "loadFar", address);
        }
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "fill", 65_530, 7);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "fill", 0, -1);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "fill", -1, 1);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "copy", 65_530, 0, 7);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "copy", 0, 65_530, 7);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, guest, "copy", 0, 0, -1);
    }

    @Test
    void theBacktraceNamesTheGuestsFrames() {
        assertFrames(assertThrows(Trap.class, () -> guest().call("unreachable")), "traps!inner", "traps!outer");
    }

    @Test
    void anExceptionOfTheHostPassesUnchanged() {
        for (RuntimeException thrown : List.of(
                new IllegalStateException("mine"), new IndexOutOfBoundsException("mine"),
                new ArithmeticException("mine"), new NullPointerException("mine"))) {
            Guest guest = Guest.of(engine, store, "traps", Map.of("fail", failing(store, thrown)));
            assertSame(thrown, assertThrows(thrown.getClass(), () -> guest.call("callFail")));
        }
    }

    @Test
    void anErrorOfTheHostPassesTooAndTheStoreStillWorks() {
        Budget budget = new Budget(1 << 20);
        try (Store own = engine.newStore(budget)) {
            AssertionError error = new AssertionError("mine");
            Guest guest = Guest.of(engine, own, "traps", Map.of("fail", failing(own, error)));
            assertSame(error, assertThrows(AssertionError.class, () -> guest.call("callFail")));
            assertEquals(3, guest.call("divide", 9, 3));
        }
        assertEquals(0, budget.held());
    }

    @Test
    void aTrapOfTheHostGetsTheGuestsBacktrace() {
        Guest guest = Guest.of(engine, store, "traps",
                Map.of("fail", failing(store, new Trap(Trap.Kind.CANONICAL_ABI, "handle 3 is unknown"))));
        Trap trap = assertThrows(Trap.class, () -> guest.call("callFail"));
        assertEquals(Trap.Kind.CANONICAL_ABI, trap.kind());
        assertEquals("handle 3 is unknown", trap.getMessage());
        if (importsHaveFrames()) {
            assertFrames(trap, "traps!fail", "traps!middle", "traps!callFail");
        } else {
            assertFrames(trap, "traps!middle", "traps!callFail");
        }
    }

    private static Extern.Func failing(Store owner, Throwable thrown) {
        return owner.newFunc(new FuncType(List.of(), List.of()),
                () -> MethodHandles.insertArguments(
                        MethodHandles.throwException(void.class, Throwable.class), 0, thrown));
    }

    private static <T> T on(boolean virtual, Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task);
        return task.get();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endlessRecursionIsATrapAndTheInstanceStillWorks(boolean virtual) throws Exception {
        Guest guest = guest();
        on(virtual, () -> {
            for (int round = 0; round < 20; round++) {
                Trap trap = assertThrows(Trap.class, () -> guest.call("recurse", 0));
                assertEquals(Trap.Kind.STACK_OVERFLOW, trap.kind());
                assertEquals("call stack exhausted", trap.getMessage());
                assertEquals(Optional.of("down"), trap.backtrace().getFirst().name());
                assertTraps(Trap.Kind.STACK_OVERFLOW, guest, "recurseWide", 1L, 2L, 3L, 4L);
            }
            assertEquals(3, guest.call("divide", 9, 3));
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endlessRecursionThroughTheHostIsATrap(boolean virtual) throws Exception {
        Guest[] guest = new Guest[1];
        Extern.Func again = store.newFunc(
                new FuncType(List.of(), List.of()), () -> guest[0].handle("callFail"));
        guest[0] = Guest.of(engine, store, "traps", Map.of("fail", again));
        on(virtual, () -> {
            for (int round = 0; round < 5; round++) {
                assertTraps(Trap.Kind.STACK_OVERFLOW, guest[0], "callFail");
            }
            return null;
        });
    }

    @Test
    void allocationIsRefusedByTheLimiterBeforeItHappens() {
        Budget budget = new Budget(1 << 20);
        try (Store limited = engine.newStore(budget)) {
            Guest guest = Guest.of(engine, limited, "traps", Map.of());
            long before = budget.held();
            assertEquals(1, guest.call("grow", 10));
            assertEquals(-1, guest.call("grow", 10));
            assertEquals(-1, guest.call("grow", 65_535));
            assertEquals(-1, guest.call("grow", -1));
            assertEquals(-1, guest.call("growTable", 1_000_000));
            assertEquals(-1, guest.call("growTable", -1));
            assertEquals(before + 10 * 65_536, budget.held());
            assertEquals(3, guest.call("growTable", 20_000));
            long elements = budget.held() - before - 10 * 65_536;
            assertTrue(elements >= 20_000 * 8, "20000 references were charged " + elements + " bytes");
            assertEquals(
                    Trap.Kind.OUT_OF_MEMORY,
                    assertThrows(Trap.class, () -> Guest.of(engine, limited, "loops", Map.of())).kind());
        }
        assertEquals(0, budget.held());
    }
}
