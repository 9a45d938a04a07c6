package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The elements of a stream or future in guest memory: values of one type, moved some at a time. In
 * Java they are in an array: of bytes for {@code u8}, else of objects.
 */
public final class Elements {

    private final Codec codec;
    private final Layout layout;

    public Elements(Codec codec) {
        this.codec = codec;
        this.layout = codec.layout();
    }

    /** The elements as they pass from one component to another. */
    public static Elements passing(ValueType type) {
        return new Elements(Codec.passing(type));
    }

    /** How many bytes an element takes. */
    public int size() {
        return layout.size();
    }

    /** Whether copies of the bytes are copies of the values: numbers are. */
    public boolean isPlain() {
        return codec instanceof Scalar scalar && ArrayCodec.fits(scalar);
    }

    /** A Java array for {@code count} elements. */
    public Object newArray(int count) {
        return codec == Scalar.U8 ? new byte[count] : new Object[count];
    }

    /**
     * Checks a range that a guest gave; {@code length} is at most 2^28 − 1.
     *
     * @return its address
     */
    public long check(LiftLowerContext context, int pointer, int length) {
        return new Lift(context).check("buffer", pointer, (long) length * layout.size(), layout.alignment());
    }

    /** Lifts elements into a part of an array. */
    public void load(LiftLowerContext context, long address, Object array, int from, int count) {
        Lift in = new Lift(context);
        if (array instanceof byte[] bytes) {
            MemorySegment.copy(in.memory(), LittleEndian.BYTE, address, bytes, from, count);
        } else {
            in.charge(count * (8 + codec.footprint()));
            System.arraycopy(ListCodec.load(in, address, count, codec), 0, array, from, count);
        }
    }

    /** Lowers a part of an array. */
    public void store(LiftLowerContext context, Object array, int from, int count, long address) {
        Lower out = new Lower(context);
        if (array instanceof byte[] bytes) {
            MemorySegment.copy(bytes, from, out.memory(), LittleEndian.BYTE, address, count);
        } else {
            ListCodec.store(out, Arrays.copyOfRange((Object[]) array, from, from + count), address, codec);
        }
    }

    /** Copies elements that are plain. */
    public void copy(LiftLowerContext from, long source, LiftLowerContext to, long target, int count) {
        MemorySegment.copy(from.memory(), source, to.memory(), target, (long) count * layout.size());
    }
}
