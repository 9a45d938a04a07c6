package dev.virga.component.abi;

import java.util.Set;

/** Flags as a set of labels or of the constants of a Java enum in the same order. */
final class FlagsCodec extends SlotCodec {

    /** Makes and reads the sets. Bits without a label are gone before. */
    interface Sets {
        Object make(int bits);

        int bits(Set<?> value);
    }

    private final int mask;
    private final Sets sets;

    FlagsCodec(int labels, Sets sets) {
        super(Layout.flags(labels));
        this.mask = labels == Integer.SIZE ? -1 : (1 << labels) - 1;
        this.sets = sets;
    }

    @Override
    public Class<?> carrier() {
        return Set.class;
    }

    @Override
    public long footprint() {
        return 48 + 48L * Integer.bitCount(mask);
    }

    @Override
    Object lift(Lift in, int value) {
        return sets.make(value & mask);
    }

    @Override
    int lower(Lower out, Object value) {
        if (!(value instanceof Set<?> set)) {
            throw Mismatch.of("flags", Set.class, value);
        }
        return sets.bits(set);
    }
}
