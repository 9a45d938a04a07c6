package dev.virga.component.abi;

import dev.virga.engine.FuncType;
import dev.virga.engine.ValType;
import dev.virga.engine.ValType.Num;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Core functions by arrays of core values, as {@link Codec} lays them out. Calls of asynchronous
 * functions come in pieces, with the values kept meanwhile; what a call costs is in the switches
 * between tasks, so these handles are shared by all functions of a core type.
 */
public final class FlatCall {

    private static final MethodHandle SAME = MethodHandles.identity(long.class);
    private static final MethodHandle TO_INT = convert(int.class, "toInt");
    private static final MethodHandle TO_FLOAT = convert(float.class, "toFloat");
    private static final MethodHandle TO_DOUBLE = convert(double.class, "toDouble");
    private static final MethodHandle FROM_INT = bits(int.class);
    private static final MethodHandle FROM_FLOAT = bits(float.class);
    private static final MethodHandle FROM_DOUBLE = bits(double.class);

    private FlatCall() {}

    /** Calls a core function of this type: {@code (MethodHandle core, long[] params) → long result}, 0 without one. */
    public static MethodHandle spread(FuncType type) {
        MethodType core = type.methodType();
        MethodHandle invoker = MethodHandles.filterArguments(
                MethodHandles.exactInvoker(core),
                1,
                type.params().stream().map(FlatCall::fromBits).toArray(MethodHandle[]::new));
        invoker = MethodHandles.filterReturnValue(
                invoker,
                type.results().isEmpty() ? MethodHandles.constant(long.class, 0L) : toBits(type.results().getFirst()));
        return invoker.asSpreader(long[].class, core.parameterCount());
    }

    /** Makes a core function of this type of {@code (C, long[] params) → long result}: {@code (C, params) → result}. */
    public static MethodHandle collect(FuncType type, MethodHandle body) {
        MethodHandle handle = MethodHandles.filterArguments(
                body.asCollector(long[].class, type.params().size()),
                1,
                type.params().stream().map(FlatCall::toBits).toArray(MethodHandle[]::new));
        return type.results().isEmpty()
                ? handle.asType(handle.type().changeReturnType(void.class))
                : MethodHandles.filterReturnValue(handle, fromBits(type.results().getFirst()));
    }

    /** From bits to the core value. */
    private static MethodHandle fromBits(ValType type) {
        return switch ((Num) type) {
            case I32 -> TO_INT;
            case F32 -> TO_FLOAT;
            case F64 -> TO_DOUBLE;
            case I64, V128 -> SAME;
        };
    }

    /** From the core value to bits. */
    private static MethodHandle toBits(ValType type) {
        return switch ((Num) type) {
            case I32 -> FROM_INT;
            case F32 -> FROM_FLOAT;
            case F64 -> FROM_DOUBLE;
            case I64, V128 -> SAME;
        };
    }

    private static int toInt(long bits) {
        return (int) bits;
    }

    private static float toFloat(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    private static double toDouble(long bits) {
        return Double.longBitsToDouble(bits);
    }

    private static long bits(int value) {
        return value & 0xFFFFFFFFL;
    }

    private static long bits(float value) {
        return bits(Float.floatToRawIntBits(value));
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static MethodHandle convert(Class<?> result, String name) {
        return find(name, MethodType.methodType(result, long.class));
    }

    private static MethodHandle bits(Class<?> param) {
        return find("bits", MethodType.methodType(long.class, param));
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(FlatCall.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
