package dev.virga.engine.nativecode.fuzz;

import dev.virga.engine.HeapType;
import dev.virga.engine.ValType;
import java.util.List;
import java.util.Random;

/** Random types and values, with a liking for those at which operators change what they do. */
final class Values {

    static final List<ValType> NUMBERS =
            List.of(ValType.Num.I32, ValType.Num.I64, ValType.Num.F32, ValType.Num.F64);

    private static final double[] DOUBLES = {
        0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -3.7, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        Double.NaN, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE,
        0x1p23, 0x1p24 + 1, 0x1p31, -0x1p31, -0x1p31 - 1, 0x1p31 - 1, 0x1p32, 0x1p32 - 1, 0x1p52, 0x1p52 + 0.5,
        0x1p53, 0x1p53 + 2, 0x1p63, -0x1p63, 0x1p64, 0x1.fffffffffffffp63, 0x1.fffffep127, 0x1.ffffffp127, 0x1p-149,
    };
    private static final float[] FLOATS = {
        0.0f, -0.0f, 1, -1, 0.5f, -0.5f, 1.5f, 2.5f, -3.7f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
        Float.NaN, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE,
        0x1p22f + 0.5f, 0x1p23f, 0x1p24f, 0x1p31f, -0x1p31f, 0x1.fffffep30f, 0x1p32f, 0x1.fffffep31f, 0x1p63f,
        -0x1p63f, 0x1.fffffep62f, 0x1p64f, 0x1.fffffep63f,
    };

    private Values() {}

    /** A number type, or at times a reference type. */
    static ValType type(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> ValType.Ref.FUNC;
            case 1 -> ValType.Ref.EXTERN;
            case 2, 3, 4, 5, 6, 7, 8 -> ValType.Num.I32;
            case 9, 10, 11, 12 -> ValType.Num.I64;
            case 13, 14, 15 -> ValType.Num.F32;
            default -> ValType.Num.F64;
        };
    }

    static boolean isFunction(ValType type) {
        return type instanceof ValType.Ref ref && ref.heap() == HeapType.Abstract.FUNC;
    }

    /** A value as {@link ValType} has it in Java; a reference of the host is a text, a function is null. */
    static Object random(ValType type, Random random) {
        return switch (type) {
            case ValType.Num.I32 -> (int) integer(random, 32);
            case ValType.Num.I64 -> integer(random, 64);
            case ValType.Num.F32 -> randomFloat(random);
            case ValType.Num.F64 -> randomDouble(random);
            case ValType.Num.V128 -> throw new IllegalArgumentException("the portable engine has no vectors");
            case ValType.Ref ref -> isFunction(ref) || random.nextInt(3) == 0 ? null : "host " + random.nextInt(8);
        };
    }

    static long integer(Random random, int bits) {
        long value = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MIN_VALUE >> 64 - bits;
            case 3 -> ~(Long.MIN_VALUE >> 64 - bits);
            case 4 -> (1L << random.nextInt(bits)) - random.nextInt(2);
            case 5 -> random.nextLong() >>> random.nextInt(64);
            default -> random.nextInt(-16, 64);
        };
        return bits == 32 ? (int) value : value;
    }

    private static float randomFloat(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Float.intBitsToFloat(random.nextInt());
            case 1 -> (random.nextInt(2000) - 1000) / 8f;
            // A NaN whose bits are not the canonical ones: they must survive what is no arithmetic.
            case 2 -> Float.intBitsToFloat(0x7fc0_0000 | random.nextInt(0x40_0000) | random.nextInt(2) << 31);
            default -> FLOATS[random.nextInt(FLOATS.length)];
        };
    }

    private static double randomDouble(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> (random.nextInt(2_000_000) - 1_000_000) / 64.0;
            case 2 -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | random.nextLong() >>> 13
                    | (long) random.nextInt(2) << 63);
            default -> DOUBLES[random.nextInt(DOUBLES.length)];
        };
    }

    /** A value bit by bit; of a function only its type is known to be the same in every engine. */
    static String show(Object value) {
        return switch (value) {
            case null -> "null";
            case Float f -> "f32:" + Integer.toHexString(Float.floatToRawIntBits(f));
            case Double d -> "f64:" + Long.toHexString(Double.doubleToRawLongBits(d));
            case dev.virga.engine.Extern.Func function -> "func " + function.type();
            default -> value.toString();
        };
    }
}
