package dev.virga.component.compose;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Type definitions with other indices. */
final class TypeDefs {

    private final IntUnaryOperator indices;

    private TypeDefs(IntUnaryOperator indices) {
        this.indices = indices;
    }

    /** The same type where each index that it refers to is another one. */
    static TypeDef map(TypeDef type, IntUnaryOperator indices) {
        return new TypeDefs(indices).map(type);
    }

    private TypeDef map(TypeDef type) {
        return switch (type) {
            case TypeDef.Primitive _, TypeDef.Flags _, TypeDef.Enum _ -> type;
            case TypeDef.Record(List<TypeDef.Labeled> fields) -> new TypeDef.Record(labeled(fields));
            case TypeDef.Variant(List<TypeDef.Case> cases) -> new TypeDef.Variant(cases.stream()
                    .map(c -> new TypeDef.Case(c.name(), map(c.type())))
                    .toList());
            case TypeDef.ListOf(ValTypeRef element) -> new TypeDef.ListOf(map(element));
            case TypeDef.FixedList(ValTypeRef element, int length) -> new TypeDef.FixedList(map(element), length);
            case TypeDef.MapOf(ValTypeRef key, ValTypeRef value) -> new TypeDef.MapOf(map(key), map(value));
            case TypeDef.Tuple(List<ValTypeRef> types) ->
                new TypeDef.Tuple(types.stream().map(this::map).toList());
            case TypeDef.Option(ValTypeRef some) -> new TypeDef.Option(map(some));
            case TypeDef.Result(Optional<ValTypeRef> ok, Optional<ValTypeRef> error) ->
                new TypeDef.Result(map(ok), map(error));
            case TypeDef.Own(int resource) -> new TypeDef.Own(indices.applyAsInt(resource));
            case TypeDef.Borrow(int resource) -> new TypeDef.Borrow(indices.applyAsInt(resource));
            case TypeDef.Stream(Optional<ValTypeRef> element) -> new TypeDef.Stream(map(element));
            case TypeDef.Future(Optional<ValTypeRef> element) -> new TypeDef.Future(map(element));
            case TypeDef.Func(List<TypeDef.Labeled> params, Optional<ValTypeRef> result, boolean async) ->
                new TypeDef.Func(labeled(params), map(result), async);
            case TypeDef.Resource _ -> throw new IllegalArgumentException("a resource has no definition but its own");
            case TypeDef.Instance _, TypeDef.Component _ -> throw new ComponentException.Unsupported(
                    "an import that exports the type of an instance or component, rather than one of that type");
        };
    }

    private ValTypeRef map(ValTypeRef type) {
        return switch (type) {
            case ValTypeRef.Primitive primitive -> primitive;
            case ValTypeRef.Index(int index) -> new ValTypeRef.Index(indices.applyAsInt(index));
        };
    }

    private Optional<ValTypeRef> map(Optional<ValTypeRef> type) {
        return type.map(this::map);
    }

    private List<TypeDef.Labeled> labeled(List<TypeDef.Labeled> items) {
        return items.stream().map(i -> new TypeDef.Labeled(i.name(), map(i.type()))).toList();
    }
}
