package dev.virga.plugin.postgres;

import dev.virga.component.Tuple;

/** Floating-point numbers as mantissa, exponent of two and sign, which names all of them but tells NaNs not apart. */
final class Floats {

    private static final int DOUBLE_TOP = 0x7ff - 1075;
    private static final int FLOAT_TOP = 0xff - 150;

    private Floats() {}

    static double read(Object value) {
        return read(value, DOUBLE_TOP, 52);
    }

    static float readFloat(Object value) {
        return (float) read(value, FLOAT_TOP, 23);
    }

    private static double read(Object value, int top, int bits) {
        Tuple parts = (Tuple) value;
        long mantissa = (Long) parts.values().get(0);
        int exponent = (Short) parts.values().get(1);
        int sign = (Byte) parts.values().get(2);
        if (sign != 1 && sign != -1) {
            throw new QueryFailure.BadParams("the sign of a number is 1 or -1, not " + sign);
        }
        if (exponent == top && mantissa > 1L << bits && mantissa < 2L << bits) {
            return Double.NaN;
        }
        double unsigned = mantissa >= 0 ? mantissa : (mantissa >>> 1) * 2.0;
        return sign * Math.scalb(unsigned, exponent);
    }

    static Tuple ofDouble(double number) {
        long bits = Double.doubleToLongBits(number);
        int exponent = (int) (bits >> 52 & 0x7ff);
        long fraction = bits & (1L << 52) - 1;
        long mantissa = exponent == 0 ? fraction << 1 : fraction | 1L << 52;
        return Tuple.of(mantissa, (short) (exponent - 1075), (byte) (bits < 0 ? -1 : 1));
    }

    static Tuple ofFloat(float number) {
        int bits = Float.floatToIntBits(number);
        int exponent = bits >> 23 & 0xff;
        int fraction = bits & (1 << 23) - 1;
        long mantissa = exponent == 0 ? (long) fraction << 1 : fraction | 1 << 23;
        return Tuple.of(mantissa, (short) (exponent - 150), (byte) (bits < 0 ? -1 : 1));
    }
}
