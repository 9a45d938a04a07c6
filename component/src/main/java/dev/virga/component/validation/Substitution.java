package dev.virga.component.validation;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts actual resource types in the place of abstract ones. What contains none of them stays the
 * same object, and what was one object before is one object afterwards.
 */
final class Substitution {

    /** Unlike other walks over types this one allocates. */
    private static final int COST = 4;

    private final Context context;
    private final Map<ResourceType, ResourceType> resources;
    private final Map<DefType, DefType> done;
    /** Counts the parts that came out as other objects. */
    private int changes;

    /** @param renamed types to replace by the one known under another name, by identity */
    Substitution(Context context, Map<ResourceType, ResourceType> resources, Map<DefType, DefType> renamed) {
        this.context = context;
        this.resources = resources;
        this.done = new IdentityHashMap<>(renamed);
    }

    Map<String, ExternDesc> apply(Map<String, ExternDesc> externs) {
        context.charge(COST * externs.size());
        Map<String, ExternDesc> result = LinkedHashMap.newLinkedHashMap(externs.size());
        externs.forEach((name, extern) -> result.put(name, apply(extern)));
        return result;
    }

    private ExternDesc apply(ExternDesc extern) {
        return switch (extern) {
            case ExternDesc.CoreModule m -> m;
            case ExternDesc.Func(FunctionType f) -> new ExternDesc.Func(apply(f));
            case ExternDesc.Value(ValueType v) -> new ExternDesc.Value(apply(v));
            case ExternDesc.Type(DefType t) -> new ExternDesc.Type(apply(t));
            case ExternDesc.Instance(InstanceType i) -> new ExternDesc.Instance(apply(i));
            case ExternDesc.Component(ComponentType c) -> new ExternDesc.Component(apply(c));
        };
    }

    @SuppressWarnings("unchecked") // a type of a kind is only replaced by one of the same kind
    private <T extends DefType> T apply(T type) {
        DefType result = done.get(type);
        if (result == null) {
            context.charge(COST);
            int before = changes;
            DefType replaced = replace(type);
            result = type instanceof ResourceType || changes != before ? replaced : type;
            done.put(type, result);
        }
        if (result != type) {
            changes++;
        }
        return (T) result;
    }

    private DefType replace(DefType type) {
        return switch (type) {
            case ResourceType r -> resources.getOrDefault(r, r);
            case FunctionType f -> new FunctionType(
                    f.params().stream()
                            .map(p -> new FunctionType.Param(p.name(), apply(p.type())))
                            .toList(),
                    f.result().map(this::apply),
                    f.async());
            case InstanceType i -> new InstanceType(apply(i.exports()), i.resources());
            case ComponentType c -> new ComponentType(
                    apply(c.imports()), apply(c.exports()), c.importedResources(), c.definedResources());
            case ValueType v -> value(v);
        };
    }

    private ValueType value(ValueType type) {
        return switch (type) {
            case ValueType.Primitive p -> p;
            case ValueType.Flags f -> f;
            case ValueType.Enum e -> e;
            case ValueType.Record(List<ValueType.Field> fields) -> new ValueType.Record(fields.stream()
                    .map(f -> new ValueType.Field(f.name(), apply(f.type())))
                    .toList());
            case ValueType.Variant(List<ValueType.Case> cases) -> new ValueType.Variant(cases.stream()
                    .map(c -> new ValueType.Case(c.name(), c.type().map(this::apply)))
                    .toList());
            case ValueType.Tuple(List<ValueType> types) ->
                new ValueType.Tuple(types.stream().map(this::apply).toList());
            case ValueType.ListOf(ValueType element) -> new ValueType.ListOf(apply(element));
            case ValueType.FixedList(ValueType element, int length) -> new ValueType.FixedList(apply(element), length);
            case ValueType.MapOf(ValueType k, ValueType v) -> new ValueType.MapOf(apply(k), apply(v));
            case ValueType.Option(ValueType some) -> new ValueType.Option(apply(some));
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                new ValueType.Result(ok.map(this::apply), error.map(this::apply));
            case ValueType.Own(ResourceType r) -> new ValueType.Own(apply(r));
            case ValueType.Borrow(ResourceType r) -> new ValueType.Borrow(apply(r));
            case ValueType.Stream(Optional<ValueType> element) -> new ValueType.Stream(element.map(this::apply));
            case ValueType.Future(Optional<ValueType> element) -> new ValueType.Future(element.map(this::apply));
        };
    }
}
