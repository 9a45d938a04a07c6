package dev.virga.component.abi;

/** A type that a pointer and a length carry: strings, lists, maps. */
abstract non-sealed class RangeCodec implements Codec {

    /**
     * Lifts what lies at a range that the guest gave; nothing of it is checked yet.
     *
     * @param length in elements; for strings tagged code units
     */
    abstract Object lift(Lift in, int pointer, int length);

    /** Allocates in the guest and stores there; gives pointer and length as {@link #range} packs them. */
    abstract long lower(Lower out, Object value);

    static long range(long pointer, long length) {
        return pointer << 32 | length & 0xFFFFFFFFL;
    }

    @Override
    public final Layout layout() {
        return Layout.RANGE;
    }

    @Override
    public long footprint() {
        return 24;
    }

    @Override
    public final Object load(Lift in, long pointer) {
        return lift(in, in.unsigned(pointer, 4), in.unsigned(pointer + 4, 4));
    }

    @Override
    public final void store(Lower out, Object value, long pointer) {
        long range = lower(out, value);
        out.integer(pointer, 4, (int) (range >>> 32));
        out.integer(pointer + 4, 4, (int) range);
    }

    @Override
    public final Object liftFlat(Lift in, long[] flat, int at) {
        return lift(in, (int) flat[at], (int) flat[at + 1]);
    }

    @Override
    public final void lowerFlat(Lower out, Object value, long[] flat, int at) {
        long range = lower(out, value);
        flat[at] = range >>> 32;
        flat[at + 1] = range & 0xFFFFFFFFL;
    }
}
