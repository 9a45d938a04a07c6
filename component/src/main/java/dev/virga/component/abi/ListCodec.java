package dev.virga.component.abi;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A list whose elements are objects: {@code load_list} and {@code store_list}. */
final class ListCodec extends RangeCodec {

    private final Codec element;
    private final Layout layout;

    ListCodec(Codec element) {
        this.element = element;
        this.layout = element.layout();
    }

    @Override
    public Class<?> carrier() {
        return List.class;
    }

    @Override
    Object lift(Lift in, int pointer, int length) {
        long address = address(in, pointer, length, layout);
        in.charge(Integer.toUnsignedLong(length) * (8 + element.footprint()));
        return Collections.unmodifiableList(Arrays.asList(load(in, address, length, element)));
    }

    @Override
    long lower(Lower out, Object value) {
        if (!(value instanceof List<?> list)) {
            throw Mismatch.of("list", List.class, value);
        }
        Object[] elements = list.toArray();
        long pointer = allocate(out, elements.length, layout);
        store(out, elements, pointer, element);
        return range(pointer, elements.length);
    }

    /** Checks a guest's list; what is within memory and has elements of some size is of bounded length. */
    static long address(Lift in, int pointer, int length, Layout element) {
        long size = Integer.toUnsignedLong(length) * Math.max(1, element.size());
        if (size > Lift.MAX_BYTE_LENGTH) {
            throw Lift.trap("list content out-of-bounds: " + size + " bytes are more than a list may have");
        }
        return in.check("list", pointer, size, element.alignment());
    }

    static long allocate(Lower out, int length, Layout element) {
        return out.allocate(element.alignment(), (long) length * element.size());
    }

    static Object[] load(Lift in, long address, int length, Codec element) {
        Object[] elements = new Object[length];
        int size = element.layout().size();
        for (int i = 0; i < length; i++) {
            elements[i] = element.load(in, address + (long) i * size);
        }
        return elements;
    }

    static void store(Lower out, Object[] elements, long pointer, Codec element) {
        int size = element.layout().size();
        for (int i = 0; i < elements.length; i++) {
            element.store(out, elements[i], pointer + (long) i * size);
        }
    }
}
