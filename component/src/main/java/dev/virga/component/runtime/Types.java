package dev.virga.component.runtime;

import dev.virga.component.abi.Codec;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Questions to component types, and the codecs that the runtime uses for them. */
final class Types {

    private Types() {}

    static boolean containsBorrow(FunctionType type) {
        return contains(type, t -> t instanceof ValueType.Borrow);
    }

    /** Whether calls of it are tasks that may wait, or leave streams and futures behind. */
    static boolean isConcurrent(FunctionType type) {
        return type.async() || contains(type, t -> t instanceof ValueType.Stream || t instanceof ValueType.Future);
    }

    /** Whether a value type within the function's type meets the test. Types are shared, so each is seen once. */
    private static boolean contains(FunctionType type, Predicate<ValueType> test) {
        Set<ValueType> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<ValueType> open = new ArrayList<>(type.params().stream().map(FunctionType.Param::type).toList());
        type.result().ifPresent(open::add);
        while (!open.isEmpty()) {
            ValueType next = open.removeLast();
            if (seen.add(next)) {
                if (test.test(next)) {
                    return true;
                }
                open.addAll(next.parts());
            }
        }
        return false;
    }

    /** The codecs of values on their way between components. */
    static List<Codec> passingParams(FunctionType type) {
        return type.params().stream().map(p -> Codec.passing(p.type())).toList();
    }

    static Optional<Codec> passingResult(FunctionType type) {
        return type.result().map(Codec::passing);
    }

    /** The codecs of the dynamic mapping. */
    static List<Codec> dynamicParams(FunctionType type) {
        return type.params().stream().map(p -> Codec.of(p.type(), Object.class)).toList();
    }

    static Optional<Codec> dynamicResult(FunctionType type) {
        return type.result().map(r -> Codec.of(r, Object.class));
    }
}
