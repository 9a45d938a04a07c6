package dev.virga.link;

import dev.virga.component.RecordValue;
import dev.virga.component.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types of which a value has several parts. */
final class WireProducts {

    private static final long PART = 32;

    private WireProducts() {}

    private static int least(List<WireType> parts) {
        return Math.clamp(parts.stream().mapToLong(WireType::least).sum(), 1, Integer.MAX_VALUE);
    }

    record Record(List<String> names, List<WireType> types, int least) implements WireType {

        Record(List<String> names, List<WireType> types) {
            this(names, types, WireProducts.least(types));
        }

        @Override
        public void write(WireWriter out, Object value) {
            Map<String, Object> fields = ((RecordValue) value).fields();
            for (int i = 0; i < names.size(); i++) {
                types.get(i).write(out, fields.get(names.get(i)));
            }
        }

        @Override
        public Object read(WireReader in) {
            in.charge(96 + 2 * PART * names.size());
            Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(names.size());
            for (int i = 0; i < names.size(); i++) {
                fields.put(names.get(i), types.get(i).read(in));
            }
            return new RecordValue(fields);
        }
    }

    record TupleOf(List<WireType> types, int least) implements WireType {

        TupleOf(List<WireType> types) {
            this(types, WireProducts.least(types));
        }

        @Override
        public void write(WireWriter out, Object value) {
            List<Object> values = ((Tuple) value).values();
            for (int i = 0; i < types.size(); i++) {
                types.get(i).write(out, values.get(i));
            }
        }

        @Override
        public Object read(WireReader in) {
            in.charge(80 + PART * types.size());
            List<Object> values = new ArrayList<>(types.size());
            for (WireType type : types) {
                values.add(type.read(in));
            }
            return new Tuple(values);
        }
    }

    /** A bit for each label, the first one lowest, in as many bytes as they need. */
    record Flags(List<String> labels) implements WireType {

        @Override
        public int least() {
            return (labels.size() + 7) / 8;
        }

        @Override
        public void write(WireWriter out, Object value) {
            Set<?> set = (Set<?>) value;
            long bits = 0;
            for (int i = 0; i < labels.size(); i++) {
                bits |= set.contains(labels.get(i)) ? 1L << i : 0;
            }
            out.little(bits, least());
        }

        @Override
        public Object read(WireReader in) {
            long bits = in.little(least());
            if (bits >>> labels.size() != 0) {
                throw WireReader.malformed("flags are set that do not exist");
            }
            in.charge(64 + 2 * PART * Long.bitCount(bits));
            Set<String> set = LinkedHashSet.newLinkedHashSet(Long.bitCount(bits));
            for (long rest = bits; rest != 0; rest &= rest - 1) {
                set.add(labels.get(Long.numberOfTrailingZeros(rest)));
            }
            return set;
        }
    }
}
