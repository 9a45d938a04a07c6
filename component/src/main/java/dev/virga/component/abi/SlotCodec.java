package dev.virga.component.abi;

/** A type that one {@code i32} carries and Java has an object for: enum, flags, handles. */
abstract non-sealed class SlotCodec implements Codec {

    private final Layout layout;

    /** @param layout one of the integer layouts of one, two or four bytes */
    SlotCodec(Layout layout) {
        this.layout = layout;
    }

    abstract Object lift(Lift in, int value);

    abstract int lower(Lower out, Object value);

    @Override
    public final Layout layout() {
        return layout;
    }

    @Override
    public final Object load(Lift in, long pointer) {
        return lift(in, in.unsigned(pointer, layout.size()));
    }

    @Override
    public final void store(Lower out, Object value, long pointer) {
        out.integer(pointer, layout.size(), lower(out, value));
    }

    @Override
    public final Object liftFlat(Lift in, long[] flat, int at) {
        return lift(in, (int) flat[at]);
    }

    @Override
    public final void lowerFlat(Lower out, Object value, long[] flat, int at) {
        flat[at] = lower(out, value) & 0xFFFFFFFFL;
    }
}
