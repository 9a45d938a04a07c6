package dev.virga.component.abi;

import java.util.List;

/**
 * The parameters or the result of a function whose call is in pieces: lifted at one time, lowered at
 * another (CanonicalABI, "Lifting and Lowering Values"). Core values are in arrays of longs as {@link
 * Codec} says.
 */
public final class ValueTuple {

    /** {@code MAX_FLAT_PARAMS} */
    public static final int MAX_FLAT_PARAMS = Layout.MAX_FLAT_PARAMS;

    /** {@code MAX_FLAT_ASYNC_PARAMS} */
    public static final int MAX_FLAT_ASYNC_PARAMS = 4;

    /** {@code MAX_FLAT_RESULTS} */
    public static final int MAX_FLAT_RESULTS = Layout.MAX_FLAT_RESULTS;

    private static final long[] NONE = {};

    private final Codec[] codecs;
    private final int[] positions;
    private final int[] offsets;
    private final Layout layout;

    public ValueTuple(List<Codec> codecs) {
        List<Layout> layouts = codecs.stream().map(Codec::layout).toList();
        this.codecs = codecs.toArray(Codec[]::new);
        this.offsets = Layout.offsets(layouts);
        this.layout = Layout.product(layouts);
        this.positions = new int[this.codecs.length];
        for (int i = 1; i < positions.length; i++) {
            positions[i] = positions[i - 1] + layouts.get(i - 1).flat().size();
        }
    }

    /** How many core values carry the values where at most {@code maxFlat} may. */
    public int flatCount(int maxFlat) {
        return fits(maxFlat) ? layout.flat().size() : 1;
    }

    /** Whether so many core values can carry the values; else they go through memory. */
    public boolean fits(int maxFlat) {
        return layout.flat().size() <= maxFlat;
    }

    /** {@code lift_flat_values} */
    public Object[] lift(LiftLowerContext context, int maxFlat, long[] flat) {
        if (codecs.length == 0) {
            return new Object[0];
        }
        Lift in = new Lift(context);
        Object[] values = new Object[codecs.length];
        if (fits(maxFlat)) {
            for (int i = 0; i < values.length; i++) {
                values[i] = codecs[i].liftFlat(in, flat, positions[i]);
            }
        } else {
            long pointer = in.check("argument", (int) flat[0], layout.size(), layout.alignment());
            for (int i = 0; i < values.length; i++) {
                values[i] = codecs[i].load(in, pointer + offsets[i]);
            }
        }
        return values;
    }

    /** {@code lower_flat_values} without {@code out_param}: what does not fit goes where the guest allocates. */
    public long[] lower(LiftLowerContext context, int maxFlat, Object[] values) {
        if (codecs.length == 0) {
            return NONE;
        }
        Lower out = new Lower(context);
        if (!fits(maxFlat)) {
            long pointer = out.allocate(layout.alignment(), layout.size());
            store(out, values, pointer);
            return new long[] {pointer};
        }
        long[] flat = new long[layout.flat().size()];
        for (int i = 0; i < codecs.length; i++) {
            codecs[i].lowerFlat(out, values[i], flat, positions[i]);
        }
        return flat;
    }

    /** {@code lower_flat_values} with an {@code out_param}. */
    public void store(LiftLowerContext context, Object[] values, int pointer) {
        Lower out = new Lower(context);
        store(out, values, out.check(pointer, layout.size(), layout.alignment()));
    }

    private void store(Lower out, Object[] values, long pointer) {
        for (int i = 0; i < codecs.length; i++) {
            codecs[i].store(out, values[i], pointer + offsets[i]);
        }
    }
}
