package dev.virga.component.abi;

import dev.virga.engine.ValType.Num;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How values of a type lie in linear memory and what core types carry them outside of it
 * (CanonicalABI, "Alignment", "Element Size" and "Flattening").
 *
 * @param flat the flat types, or {@link #SPILLED} where there are more than {@link
 *     #MAX_FLAT_PARAMS}: such values always go through memory
 */
record Layout(int size, int alignment, List<Num> flat) {

    static final int MAX_FLAT_PARAMS = 16;
    static final int MAX_FLAT_RESULTS = 1;

    /** More flat types than any function passes. */
    static final List<Num> SPILLED = List.copyOf(Collections.nCopies(MAX_FLAT_PARAMS + 1, Num.I32));

    /** The bound that validation sets on the size of every type. */
    private static final long MAX_SIZE = 1L << 28;

    static final Layout NONE = new Layout(0, 1, List.of());
    static final Layout I8 = new Layout(1, 1, List.of(Num.I32));
    static final Layout I16 = new Layout(2, 2, List.of(Num.I32));
    static final Layout I32 = new Layout(4, 4, List.of(Num.I32));
    static final Layout I64 = new Layout(8, 8, List.of(Num.I64));
    static final Layout F32 = new Layout(4, 4, List.of(Num.F32));
    static final Layout F64 = new Layout(8, 8, List.of(Num.F64));

    /** A string or list: pointer and length. */
    static final Layout RANGE = new Layout(8, 4, List.of(Num.I32, Num.I32));

    /** A record, a tuple, or the parameters of a function. */
    static Layout product(List<Layout> fields) {
        long size = 0;
        int alignment = 1;
        List<Num> flat = new ArrayList<>();
        for (Layout field : fields) {
            size = bounded(align(size, field.alignment) + field.size);
            alignment = Math.max(alignment, field.alignment);
            flat = append(flat, field.flat);
        }
        return new Layout(bounded(align(size, alignment)), alignment, List.copyOf(flat));
    }

    /** Where the fields of a record lie. */
    static int[] offsets(List<Layout> fields) {
        int[] offsets = new int[fields.size()];
        int end = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (int) align(end, fields.get(i).alignment);
            end = offsets[i] + fields.get(i).size;
        }
        return offsets;
    }

    /** A variant; a case without payload has the layout {@link #NONE}. */
    static Layout sum(List<Layout> cases) {
        int alignment = Math.max(discriminant(cases.size()).alignment, payloadAlignment(cases));
        int payload = 0;
        List<Num> joined = new ArrayList<>();
        for (Layout c : cases) {
            payload = Math.max(payload, c.size);
            if (c.flat == SPILLED || joined == SPILLED) {
                joined = SPILLED;
            } else {
                join(joined, c.flat);
            }
        }
        long size = align((long) payloadOffset(cases) + payload, alignment);
        return new Layout(bounded(size), alignment, List.copyOf(append(new ArrayList<>(I32.flat), joined)));
    }

    static int payloadOffset(List<Layout> cases) {
        return (int) align(discriminant(cases.size()).size, payloadAlignment(cases));
    }

    static Layout discriminant(int cases) {
        return cases <= 1 << 8 ? I8 : cases <= 1 << 16 ? I16 : I32;
    }

    static Layout flags(int labels) {
        return labels <= 8 ? I8 : labels <= 16 ? I16 : I32;
    }

    /** A list of fixed length, whose elements lie in place. */
    static Layout array(Layout element, int length) {
        int size = bounded(element.size * Integer.toUnsignedLong(length));
        List<Num> flat = new ArrayList<>();
        for (int i = 0; i < Math.min(Integer.toUnsignedLong(length), MAX_FLAT_PARAMS + 1); i++) {
            flat = append(flat, element.flat);
        }
        return new Layout(size, element.alignment, List.copyOf(flat));
    }

    boolean spilled() {
        return flat.size() > MAX_FLAT_PARAMS;
    }

    private static int payloadAlignment(List<Layout> cases) {
        return cases.stream().mapToInt(Layout::alignment).max().orElse(1);
    }

    private static List<Num> append(List<Num> to, List<Num> more) {
        if (to.size() + more.size() > MAX_FLAT_PARAMS) {
            return SPILLED;
        }
        to.addAll(more);
        return to;
    }

    private static void join(List<Num> joined, List<Num> flat) {
        for (int i = 0; i < flat.size(); i++) {
            if (i < joined.size()) {
                joined.set(i, join(joined.get(i), flat.get(i)));
            } else {
                joined.add(flat.get(i));
            }
        }
    }

    private static Num join(Num a, Num b) {
        if (a == b) {
            return a;
        }
        return Arrays.asList(Num.I32, Num.F32).containsAll(List.of(a, b)) ? Num.I32 : Num.I64;
    }

    private static long align(long offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    private static int bounded(long size) {
        if (size >= MAX_SIZE) {
            throw new IllegalArgumentException("a type of " + size + " bytes, 2^28 is too many");
        }
        return (int) size;
    }
}
