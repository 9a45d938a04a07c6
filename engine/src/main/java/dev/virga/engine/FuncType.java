package dev.virga.engine;

import java.lang.invoke.MethodType;
import java.util.List;

/** A core function type. */
public record FuncType(List<ValType> params, List<ValType> results) {

    public FuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    /**
     * The type of a method handle for a function of this type: the carriers of the parameters; the
     * result is void for none, its carrier for one, and {@code Object[]} of boxed values for more.
     */
    public MethodType methodType() {
        Class<?> result = switch (results.size()) {
            case 0 -> void.class;
            case 1 -> results.getFirst().carrier();
            default -> Object[].class;
        };
        return MethodType.methodType(result, params.stream().<Class<?>>map(ValType::carrier).toList());
    }

    @Override
    public String toString() {
        return params + " -> " + results;
    }
}
