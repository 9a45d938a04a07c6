package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.GuestException;
import dev.virga.engine.Trap;
import dev.virga.engine.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exceptions of guests, for engines that have them. */
@Timeout(60)
public abstract class ExceptionContract extends EngineContract {

    protected static final FuncType STEP = new FuncType(List.of(ValType.Num.I32), List.of());
    /** Where the module's endless function writes 1 before it comes to what it does for ever. */
    private static final long ENTERED = 1 << 20;
    private static final Object[] WIDE = {-1, Long.MIN_VALUE, 1.5f, -0.0, new Object()};

    protected Guest guest;

    @BeforeEach
    void instantiate() {
        guest = Guest.of(engine, store, "unwinding", Map.of());
    }

    /** Puts what an instance calls in the middle of its calls. */
    protected static void between(Guest guest, Extern step) {
        ((Extern.Table) guest.export("between")).set(0, step);
    }

    protected Extern.Func host(IntConsumer step) {
        try {
            MethodHandle accept = MethodHandles.publicLookup()
                    .findVirtual(IntConsumer.class, "accept", MethodType.methodType(void.class, int.class));
            return store.newFunc(STEP, () -> accept.bindTo(step));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    protected static int caught(Guest guest) {
        return (int) ((Extern.Global) guest.export("caught")).get();
    }

    @Test
    void handsUncaughtExceptionsOutAndTakesThemIn() {
        Guest thrower = Guest.of(engine, store, "exceptions", Map.of());
        GuestException thrown = assertThrows(GuestException.class, () -> thrower.call("throw", 3, 4L));
        assertEquals(thrower.export("problem"), thrown.tag());
        assertEquals(List.of(3, 4L), thrown.values());

        FuncType type = new FuncType(List.of(), List.of());
        Guest[] catcher = new Guest[1];
        Extern.Func run = store.newFunc(type, () -> MethodHandles.insertArguments(
                MethodHandles.foldArguments(
                        MethodHandles.throwException(void.class, GuestException.class),
                        MethodHandles.constant(GuestException.class,
                                new GuestException((Extern.Tag) catcher[0].export("problem"), List.of(5, 6L)))),
                0));
        catcher[0] = Guest.of(engine, store, "exceptions", Map.of("run", run));
        assertArrayEquals(new Object[] {5, 6L}, (Object[]) catcher[0].call("catch"));
        assertEquals(1, catcher[0].call("catchAll"));
    }

    @Test
    void theInnermostClauseThatMatchesCatches() {
        assertEquals(104, guest.call("innermost", 4));
    }

    @Test
    void whatIsThrownAfterATryTableIsNotCaughtByIt() {
        assertEquals(List.of(5), assertThrows(GuestException.class, () -> guest.call("leaves", 5)).values());
    }

    @Test
    void passesThousandsOfFrames() {
        assertEquals(42, guest.call("deep", 0));
        assertEquals(42, guest.call("deep", 5000));
    }

    @Test
    void aClauseMayStartALoopAgain() {
        assertEquals(1000, guest.call("rounds", 1000));
    }

    @Test
    void carriesValuesOfEveryType() {
        assertArrayEquals(WIDE, (Object[]) guest.call("catchWide", WIDE));
        GuestException thrown = assertThrows(GuestException.class, () -> guest.call("throwWide", WIDE));
        assertEquals(guest.export("wide"), thrown.tag());
        assertEquals(List.of(WIDE), thrown.values());
    }

    @Test
    void throwsAgainWhatWasCaughtByReference() {
        assertArrayEquals(WIDE, (Object[]) guest.call("again", WIDE));
    }

    @Test
    void aReferenceMayBeKeptAndThrownLater() {
        between(guest, guest.export("throw"));
        assertEquals(8, guest.call("keep", 8));
        for (int i = 0; i < 2; i++) {
            GuestException thrown = assertThrows(GuestException.class, () -> guest.call("throwKept", 1));
            assertEquals(guest.export("own"), thrown.tag());
            assertEquals(List.of(8), thrown.values());
        }
        assertEquals(Trap.Kind.NULL_REFERENCE, assertThrows(Trap.class, () -> guest.call("throwKept", 0)).kind());
    }

    @Test
    void localsLiveOnInTheFrameThatCatchesAndInItsCallers() {
        // sums(a, b) is 4a + 1 + 4b.
        double expected = 4 * 2 + 1 + 4 * 3 + 4 * 5 + 1 + 4 * 7 + 2 + 30 + 500 + 7000 + 110000;
        assertEquals(expected, guest.call("keepsLocals", 2L, 3L, 5L, 7L, 11L));
    }

    @Test
    void anInstancesTagIsNotThatOfAnotherInstanceOfItsModule() {
        Guest other = new Guest(guest.module(), guest.module().instantiate(store, List.of()));
        assertNotEquals(guest.export("own"), other.export("own"));
        // guest calls other, which calls guest, which throws: the clause of other is for its own tag.
        between(other, guest.export("throw"));
        between(guest, other.export("catch"));
        guest.call("catch", 6);
        assertEquals(6, caught(guest));
        assertEquals(-1, caught(other));
        assertEquals(1, other.call("catchAll", 7));
        assertEquals(guest.export("own"), assertThrows(GuestException.class, () -> other.call("catch", 7)).tag());
    }

    @Test
    void catchesNeitherTrapsNorTheHostsOwnExceptions() {
        assertEquals(Trap.Kind.MEMORY_OUT_OF_BOUNDS, assertThrows(Trap.class, () -> guest.call("trap")).kind());
        IllegalStateException failure = new IllegalStateException("the host's");
        between(guest, host(x -> {
            throw failure;
        }));
        assertSame(failure, assertThrows(IllegalStateException.class, () -> guest.call("catchAll", 0)));
        between(guest, host(x -> {
            throw new Trap(Trap.Kind.UNREACHABLE);
        }));
        assertEquals(Trap.Kind.UNREACHABLE, assertThrows(Trap.class, () -> guest.call("catchAll", 0)).kind());
    }

    @Test
    void catchesNoStackOverflow() {
        for (int i = 0; i < 2; i++) {
            assertEquals(Trap.Kind.STACK_OVERFLOW, assertThrows(Trap.class, () -> guest.call("overflow")).kind());
            assertEquals(42, guest.call("deep", 10));
        }
    }

    @Test
    void stopsAGuestThatThrowsForEver() throws Exception {
        FutureTask<Trap> task = new FutureTask<>(() -> assertThrows(Trap.class, () -> guest.call("endless")));
        Thread.ofVirtual().start(task);
        guest.awaitByte(ENTERED);
        store.interrupt("test over");
        assertEquals("interrupted: test over", task.get().getMessage());
    }
}
