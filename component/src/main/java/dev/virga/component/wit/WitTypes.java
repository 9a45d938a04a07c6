package dev.virga.component.wit;

import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.wit.Function;
import dev.virga.wit.Interface;
import dev.virga.wit.Type;
import dev.virga.wit.TypeDef;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Component types of what WIT declares. Resources that are the same in WIT, through {@code use} and
 * aliases, become the same resource type, which the given function knows.
 */
public final class WitTypes {

    private final java.util.function.Function<TypeDef, ResourceType> resources;
    private final Map<TypeDef, ValueType> known = new IdentityHashMap<>();

    /** @param resources the type of a resource, asked by its original definition */
    public WitTypes(java.util.function.Function<TypeDef, ResourceType> resources) {
        this.resources = resources;
    }

    /** What an instance of the interface exports. */
    public InstanceType instance(Interface declared) {
        Map<String, ExternDesc> exports = new LinkedHashMap<>();
        for (TypeDef type : declared.types()) {
            exports.put(type.name(), new ExternDesc.Type(type.isResource() ? resource(type) : definition(type)));
        }
        for (Function function : declared.functions()) {
            exports.put(function.externName(), new ExternDesc.Func(function(function)));
        }
        return new InstanceType(exports);
    }

    public FunctionType function(Function declared) {
        return new FunctionType(
                declared.params().stream()
                        .map(p -> new FunctionType.Param(p.name(), value(p.type())))
                        .toList(),
                declared.result().map(this::value),
                declared.async());
    }

    public ResourceType resource(TypeDef named) {
        return resources.apply(named.origin());
    }

    public ValueType value(Type type) {
        return switch (type) {
            case Type.Primitive primitive -> ValueType.Primitive.valueOf(primitive.name());
            case Type.Named(TypeDef named) when named.isResource() -> new ValueType.Own(resource(named));
            case Type.Named(TypeDef named) -> definition(named);
            case Type.Borrow(TypeDef named) -> new ValueType.Borrow(resource(named));
            case Type.ListOf(Type element) -> new ValueType.ListOf(value(element));
            case Type.FixedList(Type element, int length) -> new ValueType.FixedList(value(element), length);
            case Type.MapOf(Type key, Type value) -> new ValueType.MapOf(value(key), value(value));
            case Type.Option(Type some) -> new ValueType.Option(value(some));
            case Type.Result(Optional<Type> ok, Optional<Type> error) ->
                new ValueType.Result(ok.map(this::value), error.map(this::value));
            case Type.Tuple(List<Type> types) ->
                new ValueType.Tuple(types.stream().map(this::value).toList());
            case Type.Stream(Optional<Type> element) -> new ValueType.Stream(element.map(this::value));
            case Type.Future(Optional<Type> element) -> new ValueType.Future(element.map(this::value));
        };
    }

    private ValueType definition(TypeDef named) {
        TypeDef origin = named.origin();
        ValueType type = known.get(origin);
        if (type == null) {
            type = make(origin);
            known.put(origin, type);
        }
        return type;
    }

    private ValueType make(TypeDef origin) {
        return switch (origin.kind()) {
            case TypeDef.Kind.Record(List<TypeDef.Field> fields) ->
                new ValueType.Record(fields.stream()
                        .map(f -> new ValueType.Field(f.name(), value(f.type())))
                        .toList());
            case TypeDef.Kind.Variant(List<TypeDef.Case> cases) ->
                new ValueType.Variant(cases.stream()
                        .map(c -> new ValueType.Case(c.name(), c.type().map(this::value)))
                        .toList());
            case TypeDef.Kind.Enum(List<TypeDef.Label> labels) -> new ValueType.Enum(names(labels));
            case TypeDef.Kind.Flags(List<TypeDef.Label> labels) -> new ValueType.Flags(names(labels));
            case TypeDef.Kind.Alias(Type type) -> value(type);
            case TypeDef.Kind.Resource(), TypeDef.Kind.Use _ ->
                throw new IllegalArgumentException(origin.name() + " is no value type");
        };
    }

    private static List<String> names(List<TypeDef.Label> labels) {
        return labels.stream().map(TypeDef.Label::name).toList();
    }
}
