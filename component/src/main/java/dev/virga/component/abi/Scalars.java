package dev.virga.component.abi;

/**
 * Lifting and lowering of the types that one core value carries, without boxing; the generated
 * adapters call these (CanonicalABI, {@code lift_flat} and {@code lower_flat}).
 */
final class Scalars {

    private static final int SURROGATES = 0xD800;
    private static final int AFTER_SURROGATES = 0xE000;

    private Scalars() {}

    static boolean liftBool(int value) {
        return value != 0;
    }

    static byte liftS8(int value) {
        return (byte) value;
    }

    static byte liftU8(int value) {
        return (byte) value;
    }

    static short liftS16(int value) {
        return (short) value;
    }

    static short liftU16(int value) {
        return (short) value;
    }

    static int liftS32(int value) {
        return value;
    }

    static int liftU32(int value) {
        return value;
    }

    static long liftS64(long value) {
        return value;
    }

    static long liftU64(long value) {
        return value;
    }

    static float liftF32(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    static double liftF64(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    static int liftChar(int value) {
        if (!isScalarValue(value)) {
            throw Lift.trap("invalid `char` bit pattern 0x" + Integer.toHexString(value));
        }
        return value;
    }

    static int lowerBool(boolean value) {
        return value ? 1 : 0;
    }

    static int lowerS8(byte value) {
        return value;
    }

    static int lowerU8(byte value) {
        return value & 0xFF;
    }

    static int lowerS16(short value) {
        return value;
    }

    static int lowerU16(short value) {
        return value & 0xFFFF;
    }

    static int lowerS32(int value) {
        return value;
    }

    static int lowerU32(int value) {
        return value;
    }

    static long lowerS64(long value) {
        return value;
    }

    static long lowerU64(long value) {
        return value;
    }

    static float lowerF32(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    static double lowerF64(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    static int lowerChar(int value) {
        if (!isScalarValue(value)) {
            throw new IllegalArgumentException("0x" + Integer.toHexString(value)
                    + " is no Unicode scalar value; a char is one in 0..0x10FFFF outside of the surrogates");
        }
        return value;
    }

    private static boolean isScalarValue(int value) {
        return Integer.compareUnsigned(value, Character.MAX_CODE_POINT) <= 0
                && (value < SURROGATES || value >= AFTER_SURROGATES);
    }
}
