package dev.virga.component.abi;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A sealed interface whose permitted records are the cases of a variant. */
record JavaVariant(Class<?> carrier, List<JavaRecord> cases, Map<Class<?>, Integer> indices)
        implements SumCodec.Shape {

    private static final Object[] NOTHING = {};

    static JavaVariant of(Class<?> type, List<JavaRecord> cases) {
        return new JavaVariant(type, List.copyOf(cases), IntStream.range(0, cases.size()).boxed()
                .collect(Collectors.toUnmodifiableMap(i -> cases.get(i).carrier(), i -> i)));
    }

    @Override
    public Object make(int index, Object payload) {
        JavaRecord record = cases.get(index);
        return record.make(record.size() == 0 ? NOTHING : new Object[] {payload});
    }

    @Override
    public int index(Object value) {
        Integer index = value == null ? null : indices.get(value.getClass());
        if (index == null) {
            throw Mismatch.of("variant", carrier, value);
        }
        return index;
    }

    @Override
    public Object payload(Object value) {
        JavaRecord record = cases.get(index(value));
        return record.size() == 0 ? null : record.field(value, 0);
    }
}
