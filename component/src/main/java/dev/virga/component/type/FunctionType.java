package dev.virga.component.type;

import java.util.List;
import java.util.Optional;

/** A component function type. */
public record FunctionType(List<Param> params, Optional<ValueType> result, boolean async) implements DefType {

    /** A named parameter. */
    public record Param(String name, ValueType type) {}

    public FunctionType {
        params = List.copyOf(params);
    }
}
