package dev.virga.component.validation;

import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.DefType;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Resolves and checks a type definition (Binary, "Type Definitions"). */
final class TypeResolver {

    private static final int MAX_FLAGS = 32;

    /** {@code keytype} of the Explainer. */
    private static final Set<Primitive> KEYS = EnumSet.complementOf(
            EnumSet.of(Primitive.F32, Primitive.F64, Primitive.ERROR_CONTEXT));

    private final TypeScope scope;
    private final Context context;

    TypeResolver(TypeScope scope) {
        this.scope = scope;
        this.context = scope.context();
    }

    DefType resolve(TypeDef definition) {
        return switch (definition) {
            case TypeDef.Value v -> value(v);
            case TypeDef.Func f -> function(f);
            case TypeDef.Resource r -> resource();
            case TypeDef.Component(var declarations) -> new DeclarationResolver(scope, true).component(declarations);
            case TypeDef.Instance(var declarations) -> new DeclarationResolver(scope, false).instance(declarations);
        };
    }

    private DefType resource() {
        if (scope.kind() != TypeScope.Kind.COMPONENT) {
            throw context.invalid("resources can only be defined within a concrete component, not in a type");
        }
        return new ResourceType("resource " + scope.size());
    }

    private ValueType value(TypeDef.Value definition) {
        return switch (definition) {
            case TypeDef.Primitive(Primitive type) -> type;
            case TypeDef.Record(List<TypeDef.Labeled> fields) -> {
                labels(fields, TypeDef.Labeled::name, "record field", "record type must have at least one field");
                yield new ValueType.Record(fields.stream()
                        .map(f -> new ValueType.Field(f.name(), scope.value(f.type())))
                        .toList());
            }
            case TypeDef.Variant(List<TypeDef.Case> cases) -> {
                labels(cases, TypeDef.Case::name, "variant case", "variant type must have at least one case");
                yield new ValueType.Variant(cases.stream()
                        .map(c -> new ValueType.Case(c.name(), c.type().map(scope::value)))
                        .toList());
            }
            case TypeDef.ListOf(ValTypeRef element) -> new ValueType.ListOf(scope.value(element));
            case TypeDef.FixedList(ValTypeRef element, int length) -> {
                if (length == 0) {
                    throw context.invalid("a fixed-length list must have at least one element");
                }
                yield new ValueType.FixedList(scope.value(element), length);
            }
            case TypeDef.MapOf(ValTypeRef key, ValTypeRef value) -> map(key, value);
            case TypeDef.Tuple(List<ValTypeRef> types) -> {
                if (types.isEmpty()) {
                    throw context.invalid("tuple type must have at least one type");
                }
                yield new ValueType.Tuple(types.stream().map(scope::value).toList());
            }
            case TypeDef.Flags(List<String> labels) -> {
                labels(labels, Function.identity(), "flag", "flags must have at least one entry");
                if (labels.size() > MAX_FLAGS) {
                    throw context.invalid("cannot have more than " + MAX_FLAGS + " flags");
                }
                yield new ValueType.Flags(labels);
            }
            case TypeDef.Enum(List<String> labels) -> {
                labels(labels, Function.identity(), "enum tag", "enum type must have at least one variant");
                yield new ValueType.Enum(labels);
            }
            case TypeDef.Option(ValTypeRef type) -> new ValueType.Option(scope.value(type));
            case TypeDef.Result(Optional<ValTypeRef> ok, Optional<ValTypeRef> error) ->
                new ValueType.Result(ok.map(scope::value), error.map(scope::value));
            case TypeDef.Own(int type) -> new ValueType.Own(scope.resource(type));
            case TypeDef.Borrow(int type) -> new ValueType.Borrow(scope.resource(type));
            case TypeDef.Stream(Optional<ValTypeRef> element) -> {
                Optional<ValueType> type = element(element, "stream");
                if (type.equals(Optional.of(Primitive.CHAR))) {
                    throw context.invalid("`stream<char>` is not valid at this time");
                }
                yield new ValueType.Stream(type);
            }
            case TypeDef.Future(Optional<ValTypeRef> element) -> new ValueType.Future(element(element, "future"));
        };
    }

    private ValueType map(ValTypeRef key, ValTypeRef value) {
        ValueType type = scope.value(key);
        if (!(type instanceof Primitive p) || !KEYS.contains(p)) {
            throw context.invalid("the key of a map must be a bool, an integer, a char or a string");
        }
        return new ValueType.MapOf(type, scope.value(value));
    }

    private Optional<ValueType> element(Optional<ValTypeRef> reference, String of) {
        Optional<ValueType> type = reference.map(scope::value);
        if (type.isPresent() && context.info(type.get()).borrows()) {
            throw context.invalid("the elements of a " + of + " cannot contain a `borrow` type");
        }
        return type;
    }

    private FunctionType function(TypeDef.Func definition) {
        labels(definition.params(), TypeDef.Labeled::name, "function parameter", "");
        List<FunctionType.Param> params = new ArrayList<>(definition.params().size());
        for (TypeDef.Labeled param : definition.params()) {
            params.add(new FunctionType.Param(param.name(), scope.value(param.type())));
        }
        Optional<ValueType> result = definition.result().map(scope::value);
        if (result.isPresent() && context.info(result.get()).borrows()) {
            throw context.invalid("function result cannot contain a `borrow` type");
        }
        return new FunctionType(params, result, definition.async());
    }

    /** Labels are in kebab case and strongly unique; {@code empty} refuses that there are none. */
    private <T> void labels(List<T> items, Function<T, String> label, String what, String empty) {
        if (items.isEmpty() && !empty.isEmpty()) {
            throw context.invalid(empty);
        }
        Set<String> seen = HashSet.newHashSet(items.size());
        for (T item : items) {
            String name = label.apply(item);
            if (name.isEmpty()) {
                throw context.invalid(what + " name cannot be empty");
            }
            if (!Names.isLabel(name)) {
                throw context.invalid(what + " name `" + name + "` is not in kebab case");
            }
            if (!seen.add(Names.lowerCase(name))) {
                throw context.invalid(what + " name `" + name + "` conflicts with a previous one");
            }
        }
    }
}
