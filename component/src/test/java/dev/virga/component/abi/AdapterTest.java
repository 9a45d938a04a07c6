package dev.virga.component.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.virga.component.Tuple;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapters' steps, spilling, and that calls with scalars allocate nothing. */
class AdapterTest {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final GuestMemory guest = new GuestMemory(StringEncoding.UTF8, 1 << 12);
    private final List<String> log = guest.events;

    @AfterEach
    void free() {
        guest.close();
    }

    private static FunctionType function(Optional<ValueType> result, ValueType... params) {
        return new FunctionType(
                Arrays.stream(params).map(p -> new FunctionType.Param("p", p)).toList(), result, false);
    }

    private static List<Codec> params(FunctionType type) {
        return type.params().stream().map(p -> Codec.of(p.type(), Object.class)).toList();
    }

    private static Optional<Codec> result(FunctionType type) {
        return type.result().map(r -> Codec.of(r, Object.class));
    }

    private static MethodHandle lift(FunctionType type) {
        return CanonicalAdapters.lift(params(type), result(type));
    }

    private static MethodHandle lower(FunctionType type, MethodHandle target) {
        return CanonicalAdapters.lower(params(type), result(type), target);
    }

    private MethodHandle method(String name, Class<?> result, Class<?>... params) {
        try {
            return LOOKUP.bind(this, name, MethodType.methodType(result, params));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private int core(int pointer, int length) {
        log.add("core " + length);
        guest.memory().set(LittleEndian.INT, 8, pointer);
        guest.memory().set(LittleEndian.INT, 12, length);
        return 8;
    }

    private void postReturn(int pointer) {
        log.add("post-return " + pointer);
    }

    @Test
    void aLiftedFunctionTakesItsStepsInOrder() throws Throwable {
        FunctionType type = function(Optional.of(Primitive.STRING), Primitive.STRING);
        MethodHandle lifted = lift(type);
        assertEquals("héllo", (String) lifted.invokeExact(
                (LiftLowerContext) guest,
                method("core", int.class, int.class, int.class),
                method("postReturn", void.class, int.class),
                "héllo"));
        assertEquals(List.of("enter", "core 6", "returned", "post-return 8", "exit"), log);
    }

    private String target(LiftLowerContext context, String text, byte small) {
        assertEquals(guest, context);
        log.add("target " + text + " " + small);
        return text + text;
    }

    @Test
    void aLoweredFunctionTakesItsStepsInOrder() throws Throwable {
        FunctionType type = function(Optional.of(Primitive.STRING), Primitive.STRING, Primitive.U8);
        MethodHandle lowered =
                lower(type, method("target", String.class, LiftLowerContext.class, String.class, byte.class));
        guest.memory().asSlice(64).setString(0, "ab");
        lowered.invokeExact((LiftLowerContext) guest, 64, 2, 0x1FF, 32);
        assertEquals(List.of("enter", "target ab -1", "exit"), log);
        Lift in = new Lift(guest);
        assertEquals("abab", StringCodec.STRING.load(in, 32));
    }

    @Test
    void thePointerForAResultIsCheckedAfterTheCall() {
        FunctionType type = function(Optional.of(Primitive.STRING), Primitive.STRING, Primitive.U8);
        MethodHandle lowered =
                lower(type, method("target", String.class, LiftLowerContext.class, String.class, byte.class));
        for (int pointer : new int[] {2, 1 << 12, (1 << 12) - 4, -4, -1}) {
            log.clear();
            Trap trap = assertThrows(Trap.class, () -> {
                lowered.invokeExact((LiftLowerContext) guest, 64, 0, 0, pointer);
            });
            assertTrue(trap.getMessage().contains("result"), trap.getMessage());
            assertEquals(List.of("enter", "target  0"), log, "an instance that trapped is not left");
        }
    }

    private long sum(LiftLowerContext context, Object[] values) {
        return Arrays.stream(values).mapToLong(v -> ((Number) v).longValue()).sum();
    }

    private int coreSum(int pointer) {
        return IntStream.range(0, 20).map(i -> guest.memory().get(LittleEndian.INT, pointer + 4 * i)).sum();
    }

    @Test
    void manyParametersTravelThroughMemory() throws Throwable {
        ValueType[] types = Collections.nCopies(20, Primitive.U32).toArray(ValueType[]::new);
        FunctionType type = function(Optional.of(Primitive.U64), types);
        MethodHandle target = method("sum", long.class, LiftLowerContext.class, Object[].class)
                .asCollector(Object[].class, 20);
        MethodHandle lowered = lower(type, target);
        for (int i = 0; i < 20; i++) {
            guest.memory().set(LittleEndian.INT, 128 + 4 * i, i);
        }
        assertEquals(190L, (long) lowered.invokeExact((LiftLowerContext) guest, 128));
        for (int pointer : new int[] {130, 1 << 12, (1 << 12) - 76, -4}) {
            Trap trap = assertThrows(Trap.class, () -> {
                long unused = (long) lowered.invokeExact((LiftLowerContext) guest, pointer);
            });
            assertTrue(trap.getMessage().contains("argument"), trap.getMessage());
        }

        FunctionType narrow = function(Optional.of(Primitive.U32), types);
        List<Object> arguments = new ArrayList<>(Arrays.asList(guest, method("coreSum", int.class, int.class), null));
        IntStream.range(0, 20).forEach(arguments::add);
        assertEquals(190, lift(narrow).invokeWithArguments(arguments));
        assertEquals(List.of(new GuestMemory.Realloc(0, 0, 4, 80)), guest.reallocs);
        guest.allocator = request -> 1 << 12;
        assertThrows(Trap.class, () -> lift(narrow).invokeWithArguments(arguments));
    }

    private int badPointer() {
        return 1;
    }

    @Test
    void aGuestsPointerToItsResultIsChecked() {
        FunctionType type = function(Optional.of(new ValueType.Tuple(List.of(Primitive.U32, Primitive.U32))));
        Trap trap = assertThrows(Trap.class, () -> {
            Tuple unused = (Tuple) lift(type).invokeExact(
                    (LiftLowerContext) guest, method("badPointer", int.class), (MethodHandle) null);
        });
        assertTrue(trap.getMessage().contains("unaligned pointer"), trap.getMessage());
    }

    @Test
    void everyScalarKeepsItsBitsAsAParameterAndAResult() throws Throwable {
        Object[][] cases = {
            {Primitive.BOOL, true, 1}, {Primitive.S8, (byte) -1, -1}, {Primitive.U8, (byte) -1, 255},
            {Primitive.S16, (short) -2, -2}, {Primitive.U16, (short) -2, 65534}, {Primitive.S32, -3, -3},
            {Primitive.U32, -3, -3}, {Primitive.S64, -4L, -4L}, {Primitive.U64, -4L, -4L},
            {Primitive.F32, 1.5f, 1.5f}, {Primitive.F64, -0.0, -0.0}, {Primitive.CHAR, 0x1F600, 0x1F600}
        };
        for (Object[] c : cases) {
            FunctionType type = function(Optional.of((ValueType) c[0]), (ValueType) c[0]);
            Class<?> carrier = params(type).getFirst().carrier();
            MethodHandle lowered =
                    lower(type, MethodHandles.dropArguments(MethodHandles.identity(carrier), 0, LiftLowerContext.class));
            assertEquals(c[2], lowered.invokeWithArguments(guest, c[2]), () -> c[0] + " from a guest");
            Class<?> core = CanonicalAdapters.flatten(type, false).methodType().returnType();
            MethodHandle seen = MethodHandles.filterArguments(
                    MethodHandles.identity(core), 0, MethodHandles.identity(core));
            assertEquals(c[1], lift(type).invokeWithArguments(guest, seen, null, c[1]), () -> c[0] + " to a guest");
        }
    }

    private static int add(LiftLowerContext context, int a, byte b) {
        return a + b;
    }

    private static int coreAdd(int a, int b) {
        return a + b;
    }

    /** A context that does nothing, for {@link GuestMemory} writes down its events. */
    private static final LiftLowerContext SILENT = new GuestMemory(StringEncoding.UTF8, 16) {
        @Override
        public void enter() {}

        @Override
        public void returned() {}

        @Override
        public void exit() {}
    };

    @Test
    void callsWithScalarsAllocateNothing() throws Throwable {
        FunctionType type = function(Optional.of(Primitive.U32), Primitive.U32, Primitive.U8);
        MethodHandle lowered = lower(type, LOOKUP.findStatic(
                AdapterTest.class, "add",
                MethodType.methodType(int.class, LiftLowerContext.class, int.class, byte.class)));
        MethodHandle core = LOOKUP.findStatic(
                AdapterTest.class, "coreAdd", MethodType.methodType(int.class, int.class, int.class));
        MethodHandle lifted = lift(type);
        List<Codec> passing = type.params().stream().map(p -> Codec.passing(p.type())).toList();
        Optional<Codec> passingResult = type.result().map(Codec::passing);
        MethodHandle passed = CanonicalAdapters.lower(passing, passingResult, MethodHandles.dropArguments(
                MethodHandles.insertArguments(CanonicalAdapters.lift(passing, passingResult), 0, SILENT, core, null),
                0, LiftLowerContext.class));
        int calls = 20_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        int sum = 0;
        for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                sum += (int) lowered.invokeExact(SILENT, i, i);
                sum += (int) lifted.invokeExact(SILENT, core, (MethodHandle) null, i, (byte) i);
                sum += (int) passed.invokeExact(SILENT, i, i);
            }
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(allocated < calls, allocated + " bytes for " + 3 * calls + " calls, sum " + sum);
    }

    @Test
    void classesOfAdaptersThatNobodyUsesAreUnloaded() {
        int adapters = 300;
        FunctionType type = function(Optional.of(Primitive.U32), Primitive.U32, Primitive.STRING);
        for (int i = 0; i < adapters; i++) {
            lift(type);
        }
        long before = ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount();
        long unloaded = 0;
        for (int i = 0; i < 20 && unloaded < adapters / 2; i++) {
            System.gc();
            unloaded = ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount() - before;
        }
        assertTrue(unloaded >= adapters / 2, unloaded + " of " + adapters);
    }
}
