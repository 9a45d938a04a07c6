package dev.virga.component.abi;

import dev.virga.engine.Trap;
import java.util.Arrays;
import java.util.List;

/** A variant, option or result. */
final class SumCodec implements Codec {

    /** Makes Java values of a case and its payload and takes them apart. */
    interface Shape {
        Class<?> carrier();

        /** @param payload null for a case without */
        Object make(int index, Object payload);

        /** @throws IllegalArgumentException if the value is not of this shape */
        int index(Object value);

        /** The payload, or null for a case without. */
        Object payload(Object value);
    }

    private final Shape shape;
    private final Codec[] cases;
    private final int discriminantSize;
    private final int payloadOffset;
    private final Layout layout;
    private final long footprint;

    /** @param cases {@link Unit} for a case without payload */
    SumCodec(Shape shape, List<Codec> cases) {
        List<Layout> layouts = cases.stream().map(Codec::layout).toList();
        this.shape = shape;
        this.cases = cases.toArray(Codec[]::new);
        this.discriminantSize = Layout.discriminant(this.cases.length).size();
        this.payloadOffset = Layout.payloadOffset(layouts);
        this.layout = Layout.sum(layouts);
        this.footprint = 24 + Arrays.stream(this.cases).mapToLong(Codec::footprint).max().orElse(0);
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public Class<?> carrier() {
        return shape.carrier();
    }

    @Override
    public long footprint() {
        return footprint;
    }

    @Override
    public Object load(Lift in, long pointer) {
        int index = check(in.unsigned(pointer, discriminantSize));
        return shape.make(index, cases[index].load(in, pointer + payloadOffset));
    }

    @Override
    public void store(Lower out, Object value, long pointer) {
        int index = shape.index(value);
        out.integer(pointer, discriminantSize, index);
        cases[index].store(out, shape.payload(value), pointer + payloadOffset);
    }

    @Override
    public Object liftFlat(Lift in, long[] flat, int at) {
        int index = check((int) flat[at]);
        return shape.make(index, cases[index].liftFlat(in, flat, at + 1));
    }

    @Override
    public void lowerFlat(Lower out, Object value, long[] flat, int at) {
        int index = shape.index(value);
        Arrays.fill(flat, at + 1, at + layout.flat().size(), 0);
        flat[at] = index;
        cases[index].lowerFlat(out, shape.payload(value), flat, at + 1);
    }

    private int check(int index) {
        if (Integer.compareUnsigned(index, cases.length) >= 0) {
            throw invalidDiscriminant(index, cases.length);
        }
        return index;
    }

    static Trap invalidDiscriminant(int index, int cases) {
        return Lift.trap("invalid variant discriminant, unexpected discriminant: " + Integer.toUnsignedString(index)
                + " of " + cases + " cases");
    }
}
