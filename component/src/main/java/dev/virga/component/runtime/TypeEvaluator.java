package dev.virga.component.runtime;

import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.DefType;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.FuncType;
import java.util.List;
import java.util.Optional;

/**
 * Resolves type definitions to types whose resource types are those of one component instance of a
 * plan. The component is valid, so every index has its item.
 */
final class TypeEvaluator {

    private final Scope scope;

    TypeEvaluator(Scope scope) {
        this.scope = scope;
    }

    Item.Type type(TypeDef definition) {
        return switch (definition) {
            case TypeDef.Value value -> Item.Type.of(value(value));
            case TypeDef.Func(List<TypeDef.Labeled> params, Optional<ValTypeRef> result, boolean async) ->
                Item.Type.of(new FunctionType(
                        params.stream().map(p -> new FunctionType.Param(p.name(), value(p.type()))).toList(),
                        result.map(this::value),
                        async));
            case TypeDef.Resource resource -> Item.Type.of(new GuestResourceType(
                    scope.instance,
                    resource.dtor().isPresent()
                            ? Optional.of((Item.Core) scope.get(Sort.CORE_FUNC, resource.dtor().getAsInt()))
                            : Optional.empty()));
            // types of instances and components matter to validation only
            case TypeDef.Component _, TypeDef.Instance _ -> Item.Type.NONE;
        };
    }

    private ValueType value(TypeDef.Value definition) {
        return switch (definition) {
            case TypeDef.Primitive(ValueType.Primitive type) -> type;
            case TypeDef.Record(List<TypeDef.Labeled> fields) ->
                new ValueType.Record(fields.stream()
                        .map(f -> new ValueType.Field(f.name(), value(f.type())))
                        .toList());
            case TypeDef.Variant(List<TypeDef.Case> cases) ->
                new ValueType.Variant(cases.stream()
                        .map(c -> new ValueType.Case(c.name(), c.type().map(this::value)))
                        .toList());
            case TypeDef.ListOf(ValTypeRef element) -> new ValueType.ListOf(value(element));
            case TypeDef.FixedList(ValTypeRef element, int length) ->
                new ValueType.FixedList(value(element), length);
            case TypeDef.MapOf(ValTypeRef key, ValTypeRef value) ->
                new ValueType.MapOf(value(key), value(value));
            case TypeDef.Tuple(List<ValTypeRef> types) ->
                new ValueType.Tuple(types.stream().map(this::value).toList());
            case TypeDef.Flags(List<String> labels) -> new ValueType.Flags(labels);
            case TypeDef.Enum(List<String> labels) -> new ValueType.Enum(labels);
            case TypeDef.Option(ValTypeRef type) -> new ValueType.Option(value(type));
            case TypeDef.Result(Optional<ValTypeRef> ok, Optional<ValTypeRef> error) ->
                new ValueType.Result(ok.map(this::value), error.map(this::value));
            case TypeDef.Own(int type) -> new ValueType.Own(resource(type));
            case TypeDef.Borrow(int type) -> new ValueType.Borrow(resource(type));
            case TypeDef.Stream(Optional<ValTypeRef> element) -> new ValueType.Stream(element.map(this::value));
            case TypeDef.Future(Optional<ValTypeRef> element) -> new ValueType.Future(element.map(this::value));
        };
    }

    ValueType value(ValTypeRef reference) {
        return switch (reference) {
            case ValTypeRef.Primitive(ValueType.Primitive type) -> type;
            case ValTypeRef.Index(int type) -> value(type);
        };
    }

    ValueType value(int index) {
        return (ValueType) resolved(index);
    }

    ResourceType resource(int index) {
        return (ResourceType) resolved(index);
    }

    FunctionType function(int index) {
        return (FunctionType) resolved(index);
    }

    /** A core function type. */
    FuncType core(int index) {
        return ((Item.CoreType) scope.get(Sort.CORE_TYPE, index)).function().orElseThrow();
    }

    private DefType resolved(int index) {
        return ((Item.Type) scope.get(Sort.TYPE, index)).type().orElseThrow();
    }
}
