package dev.virga.component.abi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A map: a list of pairs of which the last one with a key counts. */
final class MapCodec extends RangeCodec {

    private final ListCodec pairs;

    MapCodec(Codec key, Codec value) {
        this.pairs = new ListCodec(new ProductCodec(new PairShape(), List.of(key, value)));
    }

    @Override
    public Class<?> carrier() {
        return Map.class;
    }

    @Override
    Object lift(Lift in, int pointer, int length) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object pair : (List<?>) pairs.lift(in, pointer, length)) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) pair;
            map.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    long lower(Lower out, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw Mismatch.of("map", Map.class, value);
        }
        return pairs.lower(out, List.copyOf(map.entrySet()));
    }

    private record PairShape() implements ProductCodec.Shape {
        @Override
        public Class<?> carrier() {
            return Map.Entry.class;
        }

        @Override
        public Object make(Object[] fields) {
            return Map.entry(fields[0], fields[1]);
        }

        @Override
        public Object[] fields(Object value) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
            return new Object[] {entry.getKey(), entry.getValue()};
        }
    }
}
