package dev.virga.component.abi;

import java.util.List;

/** A record or tuple. */
final class ProductCodec implements Codec {

    /** Makes Java values of their fields and takes them apart. */
    interface Shape {
        Class<?> carrier();

        Object make(Object[] fields);

        /** @throws IllegalArgumentException if the value is not of this shape */
        Object[] fields(Object value);
    }

    private final Shape shape;
    private final Codec[] fields;
    private final int[] offsets;
    private final int[] positions;
    private final Layout layout;
    private final long footprint;

    ProductCodec(Shape shape, List<Codec> fields) {
        List<Layout> layouts = fields.stream().map(Codec::layout).toList();
        this.shape = shape;
        this.fields = fields.toArray(Codec[]::new);
        this.offsets = Layout.offsets(layouts);
        this.positions = new int[this.fields.length];
        this.layout = Layout.product(layouts);
        long sum = 24;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i == 0 ? 0 : positions[i - 1] + layouts.get(i - 1).flat().size();
            sum += 8 + this.fields[i].footprint();
        }
        this.footprint = sum;
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
        Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].load(in, pointer + offsets[i]);
        }
        return shape.make(values);
    }

    @Override
    public void store(Lower out, Object value, long pointer) {
        Object[] values = shape.fields(value);
        for (int i = 0; i < fields.length; i++) {
            fields[i].store(out, values[i], pointer + offsets[i]);
        }
    }

    @Override
    public Object liftFlat(Lift in, long[] flat, int at) {
        Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].liftFlat(in, flat, at + positions[i]);
        }
        return shape.make(values);
    }

    @Override
    public void lowerFlat(Lower out, Object value, long[] flat, int at) {
        Object[] values = shape.fields(value);
        for (int i = 0; i < fields.length; i++) {
            fields[i].lowerFlat(out, values[i], flat, at + positions[i]);
        }
    }
}
