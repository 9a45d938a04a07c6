package dev.virga.component.runtime;

import dev.virga.component.type.DefType;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Puts actual resource types in the place of abstract ones. Types share parts, and small ones may be
 * huge when written out, so what was one object before is one object afterwards.
 */
final class Substitution {

    private final Map<ResourceType, ResourceType> actual = new HashMap<>();
    private final Map<ValueType, ValueType> done = new IdentityHashMap<>();

    boolean binds(ResourceType type) {
        return actual.containsKey(type);
    }

    /** Whether this is a resource type that nothing stands for yet. */
    boolean isAbstract(DefType type) {
        return type instanceof ResourceType resource && !binds(resource);
    }

    void bind(ResourceType type, ResourceType to) {
        actual.put(type, to);
        done.clear();
    }

    ResourceType apply(ResourceType type) {
        return actual.getOrDefault(type, type);
    }

    FunctionType apply(FunctionType type) {
        return new FunctionType(
                type.params().stream()
                        .map(p -> new FunctionType.Param(p.name(), apply(p.type())))
                        .toList(),
                type.result().map(this::apply),
                type.async());
    }

    ValueType apply(ValueType type) {
        ValueType result = done.get(type);
        if (result == null) {
            result = make(type);
            done.put(type, result);
        }
        return result;
    }

    private ValueType make(ValueType type) {
        return switch (type) {
            case ValueType.Primitive _, ValueType.Flags _, ValueType.Enum _ -> type;
            case ValueType.Record(var fields) ->
                new ValueType.Record(fields.stream()
                        .map(f -> new ValueType.Field(f.name(), apply(f.type())))
                        .toList());
            case ValueType.Variant(var cases) ->
                new ValueType.Variant(cases.stream()
                        .map(c -> new ValueType.Case(c.name(), c.type().map(this::apply)))
                        .toList());
            case ValueType.ListOf(ValueType element) -> new ValueType.ListOf(apply(element));
            case ValueType.FixedList(ValueType element, int length) ->
                new ValueType.FixedList(apply(element), length);
            case ValueType.MapOf(ValueType key, ValueType value) -> new ValueType.MapOf(apply(key), apply(value));
            case ValueType.Tuple(var types) ->
                new ValueType.Tuple(types.stream().map(this::apply).toList());
            case ValueType.Option(ValueType some) -> new ValueType.Option(apply(some));
            case ValueType.Result(var ok, var error) ->
                new ValueType.Result(ok.map(this::apply), error.map(this::apply));
            case ValueType.Own(ResourceType resource) -> new ValueType.Own(apply(resource));
            case ValueType.Borrow(ResourceType resource) -> new ValueType.Borrow(apply(resource));
            case ValueType.Stream(var element) -> new ValueType.Stream(element.map(this::apply));
            case ValueType.Future(var element) -> new ValueType.Future(element.map(this::apply));
        };
    }

    /** The item that stands for a type at run time. */
    Item.Type item(DefType type) {
        return switch (type) {
            case ValueType value -> Item.Type.of(apply(value));
            case FunctionType function -> Item.Type.of(apply(function));
            case ResourceType resource -> Item.Type.of(apply(resource));
            default -> Item.Type.NONE;
        };
    }
}
