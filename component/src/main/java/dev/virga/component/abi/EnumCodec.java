package dev.virga.component.abi;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An enum: its labels, or the constants of a Java enum in the same order, or their indices. */
final class EnumCodec extends SlotCodec {

    private final Class<?> carrier;
    private final Object[] constants;
    private final Map<Object, Integer> indices;

    EnumCodec(Class<?> carrier, List<?> constants) {
        super(Layout.discriminant(constants.size()));
        this.carrier = carrier;
        this.constants = constants.toArray();
        this.indices = IntStream.range(0, constants.size()).boxed()
                .collect(Collectors.toUnmodifiableMap(constants::get, i -> i));
    }

    @Override
    public Class<?> carrier() {
        return carrier;
    }

    @Override
    public long footprint() {
        return 8;
    }

    @Override
    Object lift(Lift in, int value) {
        if (Integer.compareUnsigned(value, constants.length) >= 0) {
            throw SumCodec.invalidDiscriminant(value, constants.length);
        }
        return constants[value];
    }

    @Override
    int lower(Lower out, Object value) {
        if (value instanceof Enum<?> constant && carrier.isInstance(value)) {
            return constant.ordinal();
        }
        Integer index = value == null ? null : indices.get(value);
        if (index == null) {
            throw Mismatch.of("enum", "one of " + indices.keySet(), value);
        }
        return index;
    }
}
