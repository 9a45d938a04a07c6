package dev.virga.component.abi;

/** Flags or an enum from component to component: the number as it is, checked or masked. */
final class BitsCodec extends SlotCodec {

    private final int mask;
    private final int cases;

    private BitsCodec(Layout layout, int mask, int cases) {
        super(layout);
        this.mask = mask;
        this.cases = cases;
    }

    static BitsCodec flags(int labels) {
        return new BitsCodec(Layout.flags(labels), labels == Integer.SIZE ? -1 : (1 << labels) - 1, -1);
    }

    static BitsCodec enumeration(int labels) {
        return new BitsCodec(Layout.discriminant(labels), -1, labels);
    }

    @Override
    public Class<?> carrier() {
        return Integer.class;
    }

    @Override
    public long footprint() {
        return 24;
    }

    @Override
    Object lift(Lift in, int value) {
        if (cases >= 0 && Integer.compareUnsigned(value, cases) >= 0) {
            throw SumCodec.invalidDiscriminant(value, cases);
        }
        return value & mask;
    }

    @Override
    int lower(Lower out, Object value) {
        return (Integer) value;
    }
}
