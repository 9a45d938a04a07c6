package dev.virga.component.abi;

import dev.virga.component.type.ValueType.Primitive;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * A type that one core value carries: numbers, bool and char. Values outside of compound types never
 * come here, the adapters call {@link Scalars} for them; here they are boxed.
 */
enum Scalar implements Codec {
    BOOL(Layout.I8, boolean.class, Boolean.class),
    S8(Layout.I8, byte.class, Byte.class),
    U8(Layout.I8, byte.class, Byte.class),
    S16(Layout.I16, short.class, Short.class),
    U16(Layout.I16, short.class, Short.class),
    S32(Layout.I32, int.class, Integer.class),
    U32(Layout.I32, int.class, Integer.class),
    S64(Layout.I64, long.class, Long.class),
    U64(Layout.I64, long.class, Long.class),
    F32(Layout.F32, float.class, Float.class),
    F64(Layout.F64, double.class, Double.class),
    CHAR(Layout.I32, int.class, Integer.class);

    private final Layout layout;
    private final Class<?> carrier;
    private final Class<?> box;

    Scalar(Layout layout, Class<?> carrier, Class<?> box) {
        this.layout = layout;
        this.carrier = carrier;
        this.box = box;
    }

    /** The scalar of a type other than string and error-context. */
    static Scalar of(Primitive type) {
        return valueOf(type.name());
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public Class<?> carrier() {
        return carrier;
    }

    /** As in the names of the methods of {@link Scalars}. */
    String javaName() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    Class<?> box() {
        return box;
    }

    @Override
    public long footprint() {
        // The JDK keeps one object for each boolean and byte.
        return this == BOOL || this == S8 || this == U8 ? 0 : 16;
    }

    @Override
    public Object load(Lift in, long pointer) {
        return box(bits(in.memory(), pointer));
    }

    @Override
    public Object liftFlat(Lift in, long[] flat, int at) {
        return box(flat[at]);
    }

    @Override
    public void store(Lower out, Object value, long pointer) {
        long bits = unbox(value);
        MemorySegment memory = out.memory();
        switch (layout.size()) {
            case 1 -> memory.set(LittleEndian.BYTE, pointer, (byte) bits);
            case 2 -> memory.set(LittleEndian.SHORT, pointer, (short) bits);
            case 4 -> memory.set(LittleEndian.INT, pointer, (int) bits);
            default -> memory.set(LittleEndian.LONG, pointer, bits);
        }
    }

    @Override
    public void lowerFlat(Lower out, Object value, long[] flat, int at) {
        flat[at] = unbox(value);
    }

    private long bits(MemorySegment memory, long pointer) {
        return switch (layout.size()) {
            case 1 -> memory.get(LittleEndian.BYTE, pointer) & 0xFF;
            case 2 -> memory.get(LittleEndian.SHORT, pointer) & 0xFFFF;
            case 4 -> memory.get(LittleEndian.INT, pointer);
            default -> memory.get(LittleEndian.LONG, pointer);
        };
    }

    private Object box(long bits) {
        return switch (this) {
            case BOOL -> Scalars.liftBool((int) bits);
            case S8, U8 -> (byte) bits;
            case S16, U16 -> (short) bits;
            case S32, U32 -> (int) bits;
            case S64, U64 -> bits;
            case F32 -> Scalars.liftF32(Float.intBitsToFloat((int) bits));
            case F64 -> Scalars.liftF64(Double.longBitsToDouble(bits));
            case CHAR -> Scalars.liftChar((int) bits);
        };
    }

    /** The bits as a flat value. */
    private long unbox(Object value) {
        if (!box.isInstance(value)) {
            throw Mismatch.of(toString(), box, value);
        }
        return switch (this) {
            case BOOL -> Scalars.lowerBool((boolean) value);
            case S8 -> Scalars.lowerS8((byte) value) & 0xFFFFFFFFL;
            case U8 -> Scalars.lowerU8((byte) value);
            case S16 -> Scalars.lowerS16((short) value) & 0xFFFFFFFFL;
            case U16 -> Scalars.lowerU16((short) value);
            case S32, U32 -> (int) value & 0xFFFFFFFFL;
            case S64, U64 -> (long) value;
            case F32 -> Float.floatToIntBits((float) value) & 0xFFFFFFFFL;
            case F64 -> Double.doubleToLongBits((double) value);
            case CHAR -> Scalars.lowerChar((int) value);
        };
    }
}
