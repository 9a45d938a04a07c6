package dev.virga.wit;

import java.util.List;
import java.util.Optional;

/**
 * A function.
 *
 * @param name without annotation; of a constructor, the name of the resource
 * @param params of a method, the implicit {@code self} is the first
 * @param result of a constructor, the implicit one where none is written
 */
public record Function(
        String name, Kind kind, boolean async, List<Param> params, Optional<Type> result, Annotations annotations) {

    public Function {
        params = List.copyOf(params);
    }

    /** A named parameter. */
    public record Param(String name, Type type) {}

    public sealed interface Kind {
        record Freestanding() implements Kind {}

        record Method(String resource) implements Kind {}

        record Static(String resource) implements Kind {}

        record Constructor(String resource) implements Kind {}
    }

    /** The resource that it belongs to. */
    public Optional<String> resource() {
        return switch (kind) {
            case Kind.Freestanding() -> Optional.empty();
            case Kind.Method(String resource) -> Optional.of(resource);
            case Kind.Static(String resource) -> Optional.of(resource);
            case Kind.Constructor(String resource) -> Optional.of(resource);
        };
    }

    /** The name in a component, for example {@code [method]pollable.block}. */
    public String externName() {
        return switch (kind) {
            case Kind.Freestanding() -> name;
            case Kind.Method(String resource) -> "[method]" + resource + "." + name;
            case Kind.Static(String resource) -> "[static]" + resource + "." + name;
            case Kind.Constructor(String resource) -> "[constructor]" + resource;
        };
    }
}
