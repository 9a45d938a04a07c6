package dev.virga.component.runtime;

import dev.virga.component.abi.Elements;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of elements and results of a plan, each with one key: equal types of different
 * definitions are compared once, not at each copy.
 */
final class ElementTypes {

    /** A type; keys are the same object if the types are equal. */
    static final class Key {
        private final Optional<ValueType> type;
        private final boolean noneOrNumber;
        private final Lazy<Optional<Elements>> passing;

        private Key(Optional<ValueType> type) {
            this.type = type;
            this.noneOrNumber = type.isEmpty() || type.get() instanceof Primitive p && isNumber(p);
            this.passing = new Lazy<>(() -> type.map(Elements::passing));
        }

        private static boolean isNumber(Primitive type) {
            return switch (type) {
                case S8, U8, S16, U16, S32, U32, S64, U64, F32, F64 -> true;
                case BOOL, CHAR, STRING, ERROR_CONTEXT -> false;
            };
        }

        /** {@code none_or_number_type} */
        boolean isNoneOrNumber() {
            return noneOrNumber;
        }

        /** The elements on their way between components. */
        Optional<Elements> passing() {
            return passing.get();
        }
    }

    private final Key none = new Key(Optional.empty());
    private final List<Key> keys = new ArrayList<>();
    private final Map<ValueType, Key> known = new IdentityHashMap<>();
    private final TypeMatcher matcher = new TypeMatcher(new Substitution());

    synchronized Key key(Optional<ValueType> type) {
        return type.map(t -> known.computeIfAbsent(t, _ -> find(t))).orElse(none);
    }

    private Key find(ValueType type) {
        for (Key key : keys) {
            if (matcher.same(key.type.orElseThrow(), type)) {
                return key;
            }
        }
        Key added = new Key(Optional.of(type));
        keys.add(added);
        return added;
    }
}
