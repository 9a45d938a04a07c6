package dev.virga.component.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;

/** A list of numbers as a Java array of the same bits, copied as a whole. */
final class ArrayCodec extends RangeCodec {

    private final Scalar element;
    private final ValueLayout elementLayout;
    private final Class<?> carrier;

    /** @param element any number type, neither bool nor char */
    ArrayCodec(Scalar element) {
        this.element = element;
        this.elementLayout = layout(element);
        this.carrier = element.carrier().arrayType();
    }

    static boolean fits(Scalar element) {
        return element != Scalar.BOOL && element != Scalar.CHAR;
    }

    private static ValueLayout layout(Scalar element) {
        return switch (element) {
            case S8, U8 -> LittleEndian.BYTE;
            case S16, U16 -> LittleEndian.SHORT;
            case S32, U32 -> LittleEndian.INT;
            case S64, U64 -> LittleEndian.LONG;
            case F32 -> LittleEndian.FLOAT;
            case F64 -> LittleEndian.DOUBLE;
            case BOOL, CHAR -> throw new IllegalArgumentException(element + " values have to be checked");
        };
    }

    @Override
    public Class<?> carrier() {
        return carrier;
    }

    @Override
    Object lift(Lift in, int pointer, int length) {
        long address = ListCodec.address(in, pointer, length, element.layout());
        in.charge((long) length * element.layout().size());
        Object array = Array.newInstance(element.carrier(), length);
        MemorySegment.copy(in.memory(), elementLayout, address, array, 0, length);
        canonicalizeNans(array);
        return array;
    }

    @Override
    long lower(Lower out, Object value) {
        if (!carrier.isInstance(value)) {
            throw Mismatch.of("list<" + element + ">", carrier, value);
        }
        int length = Array.getLength(value);
        long pointer = ListCodec.allocate(out, length, element.layout());
        MemorySegment.copy(value, 0, out.memory(), elementLayout, pointer, length);
        return range(pointer, length);
    }

    private static void canonicalizeNans(Object array) {
        if (array instanceof float[] floats) {
            for (int i = 0; i < floats.length; i++) {
                floats[i] = Scalars.liftF32(floats[i]);
            }
        } else if (array instanceof double[] doubles) {
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = Scalars.liftF64(doubles[i]);
            }
        }
    }
}
