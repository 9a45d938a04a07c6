package dev.virga.component.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Gives the object that host functions are called on. Equal ones give an instance the same object.
 *
 * @param maker gives it from the host's data and, for an import with a plain name that {@code implements} the
 *     interface, that name
 * @param name of that import
 * @param part the number of the component that calls, where several are linked to each other: the data of
 *     their instance is a list of one for each
 */
public record Implementation(
        BiFunction<Object, Optional<String>, Object> maker, Optional<String> name, OptionalInt part) {

    Implementation(BiFunction<Object, Optional<String>, Object> maker) {
        this(maker, Optional.empty(), OptionalInt.empty());
    }

    Implementation forImport(String importName) {
        return new Implementation(maker, Optional.of(importName), part);
    }

    Implementation calledBy(OptionalInt caller) {
        return new Implementation(maker, name, caller);
    }

    Object of(Object data) {
        return maker.apply(part.isPresent() ? ((List<?>) data).get(part.getAsInt()) : data, name);
    }
}
