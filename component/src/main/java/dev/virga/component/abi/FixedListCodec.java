package dev.virga.component.abi;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A list of fixed length, whose elements lie in place. */
final class FixedListCodec implements Codec {

    private final Codec element;
    private final int length;
    private final Layout layout;

    FixedListCodec(Codec element, int length) {
        this.element = element;
        this.length = length;
        this.layout = Layout.array(element.layout(), length);
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public Class<?> carrier() {
        return List.class;
    }

    @Override
    public long footprint() {
        return 40 + length * (8 + element.footprint());
    }

    @Override
    public Object load(Lift in, long pointer) {
        in.charge(footprint());
        return list(ListCodec.load(in, pointer, length, element));
    }

    @Override
    public void store(Lower out, Object value, long pointer) {
        ListCodec.store(out, elements(value), pointer, element);
    }

    @Override
    public Object liftFlat(Lift in, long[] flat, int at) {
        Object[] elements = new Object[length];
        int step = element.layout().flat().size();
        for (int i = 0; i < length; i++) {
            elements[i] = element.liftFlat(in, flat, at + i * step);
        }
        return list(elements);
    }

    @Override
    public void lowerFlat(Lower out, Object value, long[] flat, int at) {
        Object[] elements = elements(value);
        int step = element.layout().flat().size();
        for (int i = 0; i < length; i++) {
            element.lowerFlat(out, elements[i], flat, at + i * step);
        }
    }

    private static Object list(Object[] elements) {
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    private Object[] elements(Object value) {
        if (!(value instanceof List<?> list) || list.size() != length) {
            throw Mismatch.of("list of fixed length", "a List of " + length + " elements", value);
        }
        return list.toArray();
    }
}
