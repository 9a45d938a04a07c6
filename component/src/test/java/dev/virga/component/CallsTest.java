package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final FunctionType ADD = new FunctionType(
            List.of(new FunctionType.Param("a", Primitive.U32), new FunctionType.Param("b", Primitive.U32)),
            Optional.of(Primitive.U32),
            false);

    private IntBinaryOperator add = Integer::sum;

    private final PreparedComponent<Void> prepared = new Linker<Void>()
            .define("host-add", new Offer.Func(ADD, args -> add.applyAsInt((int) args[0], (int) args[1])))
            .prepare(Guests.load("calls"));

    private final ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED);

    @AfterEach
    void close() {
        instance.close();
    }

    private Object call(String function, Object... arguments) {
        return prepared.function(function).orElseThrow().call(instance, arguments);
    }

    @Test
    void callsGoInEveryDirection() {
        assertEquals(5, call("add", 2, 3));
        assertEquals(5, call("host-add", 2, 3));
        assertEquals(5, call("inner-add", 2, 3));
        assertEquals(1000, call("host-adds", 1000));
        assertEquals(1000, call("inner-adds", 1000));
    }

    @Test
    void aStringChangesItsEncodingBetweenComponents() {
        assertEquals("äöü€𝄞äöü€𝄞", call("twice", "äöü€𝄞"));
        assertEquals("", call("twice", ""));
    }

    @Test
    void aHandleBoxesNothing() throws Throwable {
        MethodHandle handle =
                prepared.function("inner-add").orElseThrow().handle(int.class, List.of(int.class, int.class));
        assertEquals(7, (int) handle.invokeExact(instance, 3, 4));
    }

    @Test
    void aHandleOfTheWrongTypeIsRefused() {
        ExportedFunction add = prepared.function("add").orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> add.handle(int.class, List.of(int.class)));
        assertThrows(IllegalArgumentException.class, () -> add.handle(void.class, List.of(int.class, int.class)));
        assertThrows(
                IllegalArgumentException.class, () -> add.handle(int.class, List.of(int.class, String.class)));
    }

    @Test
    void anInstanceOfAnotherComponentIsRefused() {
        PreparedComponent<Void> other = new Linker<Void>().prepare(Guests.load("counters"));
        try (ComponentInstance stranger = other.instantiate(null, Limiter.UNLIMITED)) {
            ExportedFunction add = prepared.function("add").orElseThrow();
            assertThrows(IllegalArgumentException.class, () -> add.call(stranger, 1, 2));
            assertEquals(0, other.function("dropped").orElseThrow().call(stranger));
        }
    }

    @Test
    void anExceptionOfTheHostComesThroughAndEndsTheInstance() {
        IllegalStateException thrown = new IllegalStateException("no");
        add = (a, b) -> {
            throw thrown;
        };
        assertSame(thrown, assertThrows(IllegalStateException.class, () -> call("host-add", 1, 2)));
        assertEquals(
                "cannot enter component instance: an earlier call failed (no)",
                assertThrows(Trap.class, () -> call("add", 1, 2)).getMessage());
    }

    @Test
    void theHostCannotReenterAnInstanceThatRuns() {
        add = (a, b) -> (int) call("add", a, b);
        assertEquals(
                "cannot enter component instance",
                assertThrows(Trap.class, () -> call("host-add", 1, 2)).getMessage());
    }

    @Test
    void aParentAndItsChildMayNotCallEachOther() {
        PreparedComponent<Void> donut = new Linker<Void>().prepare(Guests.load("donut"));
        ExportedFunction run = donut.function("run").orElseThrow();
        try (ComponentInstance wrapped = donut.instantiate(null, Limiter.UNLIMITED)) {
            assertEquals(
                    "cannot enter component instance",
                    assertThrows(Trap.class, () -> run.call(wrapped, 0)).getMessage());
        }
    }

    @Test
    void aGuestThatRecursesForEverThroughTheHostTrapsAndNothingElseBreaks() {
        FunctionType shout = new FunctionType(
                List.of(new FunctionType.Param("text", Primitive.STRING)), Optional.of(Primitive.STRING), false);
        PreparedComponent<Void> deep = new Linker<Void>()
                .define("host-add", new Offer.Func(ADD, args -> (int) args[0] + (int) args[1]))
                .define("shout", new Offer.Func(shout, args -> args[0] + "!"))
                .prepare(Guests.load("deep"));
        for (int i = 0; i < 3; i++) {
            try (ComponentInstance endless = deep.instantiate(null, Limiter.UNLIMITED)) {
                ExportedFunction deeper = deep.function("deeper").orElseThrow();
                Trap trap = assertThrows(Trap.class, () -> deeper.call(endless, 1));
                assertEquals(Trap.Kind.STACK_OVERFLOW, trap.kind());
            }
        }
        assertEquals(5, call("host-add", 2, 3));
    }

    @Test
    void aTrapNamesItsFunctions() {
        Trap trap = assertThrows(Trap.class, () -> call("trap"));
        assertEquals(Trap.Kind.UNREACHABLE, trap.kind());
        assertEquals(1, trap.backtrace().size());
    }

    @Test
    void anInterruptedInstanceStops() {
        instance.interrupt("deadline of 1 s passed");
        Trap trap = assertThrows(Trap.class, () -> call("host-adds", 100_000_000));
        assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
    }
}
