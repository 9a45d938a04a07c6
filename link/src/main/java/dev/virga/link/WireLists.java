package dev.virga.link;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Types of many values of one kind. */
final class WireLists {

    /** What an element takes beside what it is: its place, and a box around a number. */
    private static final long ELEMENT = 24;

    private static final long ENTRY = 64;

    private WireLists() {}

    private static List<Object> read(WireReader in, int count, WireType element) {
        in.charge(40 + ELEMENT * count);
        Object[] elements = new Object[count];
        for (int i = 0; i < count; i++) {
            elements[i] = element.read(in);
        }
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    record Of(WireType element) implements WireType {
        @Override
        public int least() {
            return 1;
        }

        @Override
        public void write(WireWriter out, Object value) {
            List<?> list = (List<?>) value;
            out.unsigned(list.size());
            list.forEach(e -> element.write(out, e));
        }

        @Override
        public Object read(WireReader in) {
            return WireLists.read(in, in.count(element.least()), element);
        }
    }

    record Fixed(WireType element, int length) implements WireType {
        @Override
        public int least() {
            return Math.clamp(Integer.toUnsignedLong(length) * element.least(), 1, Integer.MAX_VALUE);
        }

        @Override
        public void write(WireWriter out, Object value) {
            ((List<?>) value).forEach(e -> element.write(out, e));
        }

        @Override
        public Object read(WireReader in) {
            if (least() > in.left()) {
                throw WireReader.malformed("the message ends within a list of " + length + " elements");
            }
            return WireLists.read(in, length, element);
        }
    }

    record MapOf(WireType key, WireType value) implements WireType {
        @Override
        public int least() {
            return 1;
        }

        @Override
        public void write(WireWriter out, Object map) {
            out.unsigned(((Map<?, ?>) map).size());
            ((Map<?, ?>) map).forEach((k, v) -> {
                key.write(out, k);
                value.write(out, v);
            });
        }

        @Override
        public Object read(WireReader in) {
            int count = in.count(Math.clamp((long) key.least() + value.least(), 1, Integer.MAX_VALUE));
            in.charge(64 + ENTRY * count);
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                if (map.putIfAbsent(key.read(in), value.read(in)) != null) {
                    throw WireReader.malformed("a map has a key twice");
                }
            }
            return Collections.unmodifiableMap(map);
        }
    }
}
