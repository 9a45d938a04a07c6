package dev.virga.wit;

import java.util.List;
import java.util.Optional;

/**
 * An interface.
 *
 * @param types used and defined ones, each after the types it refers to
 * @param functions methods among them, with their implicit {@code self}
 */
public record Interface(Id id, List<TypeDef> types, List<Function> functions, Annotations annotations) {

    public Interface {
        types = List.copyOf(types);
        functions = List.copyOf(functions);
    }

    public Optional<TypeDef> findType(String name) {
        return types.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** @param externName the name with its annotation, for example {@code [method]pollable.block} */
    public Optional<Function> findFunction(String externName) {
        return functions.stream().filter(f -> f.externName().equals(externName)).findFirst();
    }
}
