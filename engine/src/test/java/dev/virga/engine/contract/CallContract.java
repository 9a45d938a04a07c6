package dev.virga.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limits;
import dev.virga.engine.ModuleException;
import dev.virga.engine.TableType;
import dev.virga.engine.Trap;
import dev.virga.engine.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Calls in both directions, references, tables, globals, links. */
public abstract class CallContract extends EngineContract {

    private static final FuncType UNARY = new FuncType(List.of(ValType.Num.I32), List.of(ValType.Num.I32));

    private Extern.Func unary(IntUnaryOperator operator) {
        return store.newFunc(UNARY, () -> handle(IntUnaryOperator.class, "applyAsInt", UNARY.methodType(), operator));
    }

    private static MethodHandle handle(Class<?> type, String name, MethodType method, Object receiver) {
        try {
            return MethodHandles.publicLookup().findVirtual(type, name, method).bindTo(receiver);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void passesScalarsOfEveryTypeWithoutConversion() throws Throwable {
        Guest guest = Guest.of(engine, store, "calls", Map.of());
        assertEquals(5, (int) guest.handle("add").invokeExact(2, 3));
        assertEquals(10.5, (double) guest.handle("all").invokeExact(1, 2L, 3f, 4.5));
    }

    @Test
    void roundsToTheNearestNumber() {
        Guest guest = Guest.of(engine, store, "numbers", Map.of());
        assertEquals(0x1p63f, guest.call("convert", 0x8000_0000_0000_0001L));
        assertEquals(0x1p63f, guest.call("convert", 0x8000_0080_0000_0000L));
        assertEquals(0x1.000002p63f, guest.call("convert", 0x8000_0080_0000_0001L));
        assertEquals(0x1p64f, guest.call("convert", -1L));
        assertEquals(0x1p63f, guest.call("convert", Long.MAX_VALUE));
    }

    @Test
    void givesSeveralResultsAsAnArray() {
        Guest guest = Guest.of(engine, store, "calls", Map.of());
        assertArrayEquals(new Object[] {9L, 4}, (Object[]) guest.call("swap", 4, 9L));
    }

    @Test
    void callsTheHostThroughATypedHandle() {
        Guest guest = Guest.of(engine, store, "calls", Map.of("twice", unary(x -> 2 * x)));
        assertEquals(42, guest.call("callHost", 21));
        assertEquals(110, guest.call("hostLoop", 10));
    }

    static Object[] many(long a, float b, double c) {
        return new Object[] {a + b + c, (int) a};
    }

    @Test
    void takesSeveralResultsFromTheHost() throws ReflectiveOperationException {
        FuncType type = new FuncType(
                List.of(ValType.Num.I64, ValType.Num.F32, ValType.Num.F64),
                List.of(ValType.Num.F64, ValType.Num.I32));
        MethodHandle many = MethodHandles.lookup().findStatic(CallContract.class, "many", type.methodType());
        Guest guest = Guest.of(engine, store, "calls", Map.of("many", store.newFunc(type, () -> many)));
        assertArrayEquals(new Object[] {6.5, 1}, (Object[]) guest.call("callMany", 1L, 2f, 3.5));
    }

    @Test
    void asksForAHostFunctionsHandleAtItsFirstCallOnly() {
        int[] asked = {0};
        Extern.Func lazy = store.newFunc(UNARY, () -> {
            asked[0]++;
            return MethodHandles.identity(int.class);
        });
        Guest guest = Guest.of(engine, store, "calls", Map.of("twice", lazy));
        assertEquals(0, asked[0]);
        assertEquals(1, guest.call("callHost", 1));
        assertEquals(2, guest.call("callHost", 2));
        assertEquals(1, asked[0]);
    }

    @Test
    void anIndirectCallIntoAnotherInstancePassesTheCallersFunction() {
        Extern.Table table = store.newTable(
                new TableType(ValType.Ref.FUNC, new Limits(1, OptionalLong.empty(), false)));
        Guest publisher = Guest.of(engine, store, "references", Map.of("table", table));
        Guest sender = Guest.of(engine, store, "references", Map.of("table", table));
        publisher.call("publish");
        sender.call("send");
        assertSame(sender.export("answer"), ((Extern.Global) publisher.export("kept")).get());
    }

    @Test
    void keepsTheIdentityOfFunctionsAcrossInstancesAndTables() {
        Guest calls = Guest.of(engine, store, "calls", Map.of());
        Extern.Func put = unary(x -> x + 1000);
        Guest caller = Guest.of(engine, store, "caller",
                Map.of("table", calls.export("table"), "add", calls.export("add"), "put", put));
        Extern.Table table = (Extern.Table) calls.export("table");

        assertSame(calls.export("add"), caller.export("add"));
        assertSame(calls.export("add"), table.get(0));
        assertSame(put, table.get(3));
        assertNull(Guest.of(engine, store, "calls", Map.of()).call("getFunction", 3));
        assertSame(put, calls.call("getFunction", 3));
    }

    @Test
    void callsAcrossInstancesThroughSharedTables() {
        Guest calls = Guest.of(engine, store, "calls", Map.of());
        Guest caller = Guest.of(engine, store, "caller", Map.of(
                "table", calls.export("table"), "add", calls.export("add"), "put", unary(x -> x + 1000)));

        assertEquals(7, caller.call("callAdd", 3, 4));
        assertEquals(7, caller.call("indirect", 3, 4, 0)); // calls' add
        assertEquals(-1, caller.call("indirect", 3, 4, 1)); // calls' sub
        assertEquals(12, calls.call("indirect", 3, 4, 2)); // caller's own
        assertEquals(1005, caller.call("indirectUnary", 5, 3)); // the host's
        // The same type has another index in each module; another type must not match.
        Trap trap = assertThrows(Trap.class, () -> calls.call("indirect", 3, 4, 3));
        assertEquals(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH, trap.kind());
    }

    static Object pass(Object function, Object any) {
        return function;
    }

    @Test
    void passesFunctionReferencesOfOthersThroughAGuest() throws ReflectiveOperationException {
        FuncType type = new FuncType(
                List.of(ValType.Ref.FUNC, ValType.Ref.EXTERN), List.of(ValType.Ref.FUNC));
        MethodHandle pass = MethodHandles.lookup().findStatic(CallContract.class, "pass", type.methodType());
        Guest guest = Guest.of(engine, store, "calls", Map.of("pass", store.newFunc(type, () -> pass)));
        Extern.Func foreign = unary(x -> x);
        assertSame(foreign, guest.call("passFunction", foreign, "anything"));
        assertSame(guest.export("add"), guest.call("passFunction", guest.export("add"), null));
        assertNull(guest.call("passFunction", null, null));
    }

    @Test
    void putsHostFunctionsIntoTablesAndCallsThem() {
        Guest guest = Guest.of(engine, store, "calls", Map.of());
        FuncType binary = new FuncType(List.of(ValType.Num.I32, ValType.Num.I32), List.of(ValType.Num.I32));
        Extern.Func max = store.newFunc(binary, () -> {
            try {
                return MethodHandles.publicLookup().findStatic(Math.class, "max", binary.methodType());
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
        Extern.Table table = (Extern.Table) guest.export("table");
        table.set(2, max);
        assertEquals(9, guest.call("indirect", 4, 9, 2));
        assertSame(max, table.get(2));
        assertEquals(4, table.grow(2, null));
        assertEquals(-1, table.grow(9, null));
        assertEquals(6, table.size());
    }

    @Test
    void readsAndWritesGlobals() {
        Guest guest = Guest.of(engine, store, "calls", Map.of());
        Extern.Global counter = (Extern.Global) guest.export("counter");
        assertEquals(7, counter.get());
        counter.set(8);
        assertEquals(8, counter.get());
    }

    @Test
    void refusesImportsOfTheWrongTypeOrNumber() {
        var module = engine.compile(Guest.binary("caller"));
        assertThrows(ModuleException.Link.class, () -> module.instantiate(store, List.of()));
        Guest calls = Guest.of(engine, store, "calls", Map.of());
        Map<String, Extern> imports = new HashMap<>(
                Map.of("table", calls.export("table"), "add", unary(x -> x)));
        ModuleException.Link link =
                assertThrows(ModuleException.Link.class, () -> Guest.of(module, store, imports));
        assertTrue(link.getMessage().contains("other.add"), link.getMessage());
    }

    @Test
    void followsTailCallsWithoutStack() {
        Guest guest = Guest.of(engine, store, "tailcalls", Map.of());
        assertEquals(1, guest.call("even", 1_000_000));
        assertEquals(0, guest.call("even", 1_000_001));
    }
}
