package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.engine.ValType;
import dev.virga.engine.contract.Guest;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions too large for Java's methods, which Endive's interpreter runs. */
@Timeout(60)
class InterpreterTest {

    /** Enough that the compiled function would exceed 64 KB. */
    private static final int REPETITIONS = 12_000;

    private static final FuncType UNARY = new FuncType(List.of(ValType.Num.I32), List.of(ValType.Num.I32));

    private final PortableEngine engine = new PortableEngine(Optional.empty());
    private final Store store = engine.newStore(Limiter.UNLIMITED);

    @AfterEach
    void close() {
        store.close();
        engine.close();
    }

    /**
     * Imports {@code host.f} and exports {@code big}, {@code callBig}, all of (i32) → i32, and its memory. The
     * large function adds {@link #REPETITIONS} to its parameter and goes on with {@code rest}, in
     * which function 0 is the import, 1 a small function that adds 1, 2 the large one.
     */
    private static byte[] module(String rest) {
        return module(REPETITIONS, "20 00 41 01 6a 21 00", rest);
    }

    private static byte[] module(int repetitions, String repeated, String rest) {
        ByteArrayOutputStream big = new ByteArrayOutputStream();
        big.write(0);
        byte[] once = hex(repeated);
        for (int i = 0; i < repetitions; i++) {
            big.writeBytes(once);
        }
        big.writeBytes(hex(rest));
        big.write(0x0b);
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(3);
        sized(code, hex("00 20 00 41 01 6a 0b"));
        sized(code, big.toByteArray());
        sized(code, hex("00 20 00 10 02 0b"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("0061736d 01000000"));
        section(out, 1, hex("01 60 01 7f 01 7f"));
        section(out, 2, hex("01 04 686f7374 01 66 00 00"));
        section(out, 3, hex("03 00 00 00"));
        section(out, 5, hex("01 00 01"));
        section(out, 7, hex("03 03 626967 00 02 07 63616c6c426967 00 03 06 6d656d6f7279 02 00"));
        section(out, 10, code.toByteArray());
        return out.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        sized(out, content);
    }

    private static void sized(ByteArrayOutputStream out, byte[] content) {
        int left = content.length;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
        out.writeBytes(content);
    }

    private Guest guest(String rest, MethodHandle host) {
        return Guest.of(engine.compile(module(rest)), store, Map.of("f", store.newFunc(UNARY, () -> host)));
    }

    private static MethodHandle identity() {
        return MethodHandles.identity(int.class);
    }

    @Test
    void goesFromCompiledCodeIntoTheInterpreterAndBack() {
        Guest guest = guest("20 00 10 01 10 00", identity());
        assertEquals(REPETITIONS + 6, guest.call("big", 5));
        assertEquals(REPETITIONS + 6, guest.call("callBig", 5));
        assertEquals(REPETITIONS + 7, guest.call("callBig", 6));
    }

    @Test
    void noticesAFunctionThatIsLargerThanItLooked() {
        // Loads are few instructions but many bytes.
        byte[] binary = module(7_500, "20 00 28 02 00 1a", "20 00 10 01");
        Guest guest = Guest.of(engine.compile(binary), store, Map.of());
        assertEquals(6, guest.call("callBig", 5));
        assertThrows(Trap.class, () -> guest.call("callBig", 65_536));
    }

    @Test
    void runsFromTheCacheToo(@TempDir Path directory) {
        byte[] binary = module("20 00 10 01");
        for (int round = 0; round < 2; round++) {
            try (PortableEngine cached = new PortableEngine(Optional.of(directory));
                    Store own = cached.newStore(Limiter.UNLIMITED)) {
                CoreModule module = cached.compile(binary);
                assertEquals(REPETITIONS + 3, Guest.of(module, own, Map.of()).call("big", 2));
                assertEquals(REPETITIONS + 4, Guest.of(module, own, Map.of()).call("big", 3));
            }
        }
    }

    @Test
    void trapsWithItsKindAndLeavesTheInstanceUsable() {
        Guest guest = guest("20 00 41 a0 a2 7f 6a 45 04 40 00 0b 20 00", identity()); // traps for 0 only
        assertEquals(Trap.Kind.UNREACHABLE, assertThrows(Trap.class, () -> guest.call("callBig", 0)).kind());
        for (int round = 1; round < 5; round++) {
            assertEquals(REPETITIONS + round, guest.call("callBig", round));
        }
        Guest load = guest("41 7f 28 02 00", identity());
        assertEquals(Trap.Kind.MEMORY_OUT_OF_BOUNDS, assertThrows(Trap.class, () -> load.call("big", 1)).kind());
    }

    @Test
    void letsExceptionsOfTheHostThrough() {
        IllegalStateException thrown = new IllegalStateException("mine");
        MethodHandle failing = MethodHandles.dropArguments(MethodHandles.insertArguments(
                MethodHandles.throwException(int.class, IllegalStateException.class), 0, thrown), 0, int.class);
        Guest guest = guest("20 00 10 00", failing);
        assertSame(thrown, assertThrows(IllegalStateException.class, () -> guest.call("callBig", 1)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endlessRecursionIsATrap(boolean virtual) throws Exception {
        Guest guest = guest("20 00 10 03", identity());
        FutureTask<Trap> task = new FutureTask<>(() -> assertThrows(Trap.class, () -> guest.call("big", 1)));
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task);
        assertEquals(Trap.Kind.STACK_OVERFLOW, task.get().kind());
        Guest direct = guest("20 00 10 02", identity());
        FutureTask<Trap> second = new FutureTask<>(() -> assertThrows(Trap.class, () -> direct.call("big", 1)));
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(second);
        assertEquals(Trap.Kind.STACK_OVERFLOW, second.get().kind());
    }

    static int swallow(int value) {
        Thread.interrupted();
        return value;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "03 40 0c 00 0b 20 00", // loop (br 0)
        "03 40 41 01 0d 00 0b 20 00", // loop (br_if 0)
        "03 40 20 00 10 01 1a 0c 00 0b 20 00", // calls compiled code
        "03 40 20 00 10 00 1a 0c 00 0b 20 00", // calls a host function that swallows the interruption
        "03 40 41 00 41 00 41 ff ff 03 fc 0b 00 0c 00 0b 20 00" // memory.fill
    })
    void endlessLoopsAreStopped(String loop) throws Exception {
        MethodHandle swallow = MethodHandles.lookup().findStatic(
                InterpreterTest.class, "swallow", MethodType.methodType(int.class, int.class));
        String enters = "41 ff ff 03 41 01 3a 00 00"; // i32.store8 (65535) (1)
        Guest guest = guest(enters + loop, swallow);
        FutureTask<Trap> task = new FutureTask<>(() -> {
            Trap trap = assertThrows(Trap.class, () -> guest.call("callBig", 1));
            assertFalse(Thread.interrupted());
            return trap;
        });
        Thread.ofVirtual().start(task);
        guest.awaitByte(65_535);
        store.interrupt("test over");
        assertEquals(Trap.Kind.INTERRUPTED, task.get().kind());
    }

    private Guest interpreted(Guest other) {
        return Guest.of(engine.compile(Guest.binary(InterpreterTest.class, "interpreted")), store,
                Map.of("table", other.export("table"), "memory", other.export("memory")));
    }

    @Test
    void callsThroughTablesOfOtherModules() {
        Guest calls = Guest.of(engine, store, "calls", Map.of());
        Guest guest = interpreted(calls);
        // The types have other indices in each of the modules.
        assertEquals(7, guest.call("indirect", 3, 4, 0)); // calls' add, compiled
        assertEquals(-1, guest.call("indirect", 3, 4, 2)); // its own, interpreted
        assertEquals(-1, calls.call("indirect", 3, 4, 2));
        FuncType binary = new FuncType(List.of(ValType.Num.I32, ValType.Num.I32), List.of(ValType.Num.I32));
        Extern.Table table = (Extern.Table) calls.export("table");
        Extern.Func first = store.newFunc(binary, () -> MethodHandles.dropArguments(identity(), 1, int.class));
        table.set(3, first);
        assertEquals(3, guest.call("indirect", 3, 4, 3)); // the host's, put there by the host
        guest.call("put", 1, first);
        assertEquals(5, guest.call("indirect", 5, 4, 1)); // and by the guest
        assertEquals(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH,
                assertThrows(Trap.class, () -> guest.call("indirectNone", 0)).kind());
        assertEquals(Trap.Kind.UNDEFINED_ELEMENT,
                assertThrows(Trap.class, () -> guest.call("indirectNone", 4)).kind());
        table.set(3, null);
        assertEquals(Trap.Kind.UNINITIALIZED_ELEMENT,
                assertThrows(Trap.class, () -> guest.call("indirectNone", 3)).kind());
    }

    @Test
    void initializesASharedMemoryWithItsOwnData() {
        Guest calls = Guest.of(engine, store, "calls", Map.of());
        Guest guest = interpreted(calls);
        interpreted(calls).call("init", 0, 0, 4); // the last one to use the memory
        Guest.of(engine.compile(Guest.binary(InterpreterTest.class, "shared-memory")), store,
                Map.of("memory", calls.export("memory")));
        guest.call("init", 100, 1, 3);
        assertEquals((int) 'i', guest.call("load8", 100));
        assertEquals((int) 'e', guest.call("load8", 102));
    }

    @Test
    void quietsSignallingNans() {
        Guest guest = interpreted(Guest.of(engine, store, "calls", Map.of()));
        assertEquals(0x7fc0_0000, guest.call("min", 0x7fa0_0000, 1f));
    }
}
