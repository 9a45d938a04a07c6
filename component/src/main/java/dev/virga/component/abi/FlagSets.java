package dev.virga.component.abi;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sets that stand for flags. */
final class FlagSets {

    private FlagSets() {}

    /** @param type a Java enum */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static FlagsCodec.Sets of(Class<?> type) {
        return new Constants(type, (Enum[]) type.getEnumConstants());
    }

    /** Sets of the labels. */
    record Labels(List<String> labels) implements FlagsCodec.Sets {
        @Override
        public Object make(int bits) {
            Set<String> set = new LinkedHashSet<>();
            for (int left = bits; left != 0; left &= left - 1) {
                set.add(labels.get(Integer.numberOfTrailingZeros(left)));
            }
            return Collections.unmodifiableSet(set);
        }

        @Override
        public int bits(Set<?> value) {
            int bits = 0;
            for (Object label : value) {
                int index = label == null ? -1 : labels.indexOf(label);
                if (index < 0) {
                    throw Mismatch.of("flags", "a set out of " + labels, label);
                }
                bits |= 1 << index;
            }
            return bits;
        }
    }

    /** Sets of the constants of a Java enum. */
    record Constants<E extends Enum<E>>(Class<E> type, E[] constants) implements FlagsCodec.Sets {

        @Override
        public Object make(int bits) {
            EnumSet<E> set = EnumSet.noneOf(type);
            for (int left = bits; left != 0; left &= left - 1) {
                set.add(constants[Integer.numberOfTrailingZeros(left)]);
            }
            return set;
        }

        @Override
        public int bits(Set<?> value) {
            int bits = 0;
            for (Object constant : value) {
                if (!type.isInstance(constant)) {
                    throw Mismatch.of("flags", "a Set of " + type.getSimpleName(), constant);
                }
                bits |= 1 << ((Enum<?>) constant).ordinal();
            }
            return bits;
        }
    }
}
