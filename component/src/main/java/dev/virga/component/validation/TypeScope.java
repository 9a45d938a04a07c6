package dev.virga.component.validation;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.CoreTypeDef;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.ModuleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The type index spaces of a component, a component type or an instance type, and what resolves
 * types against them. Resource types of imports are abstract in it.
 *
 * <p>All methods throw {@link ComponentException.Invalid} for what breaks a
 * validation rule.
 */
final class TypeScope {

    /** What a scope belongs to. */
    enum Kind {
        COMPONENT, COMPONENT_TYPE, INSTANCE_TYPE
    }

    private final Optional<TypeScope> outer;
    private final Kind kind;
    private final Context context;
    private final List<CoreType> coreTypes = new ArrayList<>();
    private final List<DefType> types = new ArrayList<>();

    private TypeScope(Optional<TypeScope> outer, Kind kind, Context context) {
        this.outer = outer;
        this.kind = kind;
        this.context = context;
    }

    /** The scope of a component that is in no other one. */
    static TypeScope root(Context context) {
        return new TypeScope(Optional.empty(), Kind.COMPONENT, context);
    }

    TypeScope nested(Kind inner) {
        return new TypeScope(Optional.of(this), inner, context);
    }

    Kind kind() {
        return kind;
    }

    Context context() {
        return context;
    }

    /** The scope {@code count} levels further out; 0 is this one. */
    TypeScope outer(int count) {
        TypeScope scope = this;
        for (int i = 0; i != count; i++) {
            scope = scope.outer.orElseThrow(
                    () -> context.invalid("invalid outer alias count of " + Integer.toUnsignedString(count)));
        }
        return scope;
    }

    /**
     * The type that an outer alias refers to. Where that crosses the boundary of a component, which
     * could stand elsewhere as well, the type may not refer to resource types.
     */
    DefType outerType(int count, int index) {
        DefType type = outer(count).type(index);
        boolean crosses = count > 0 && outer(count - 1).kind == Kind.COMPONENT;
        if (crosses && !FreeResources.isClosed(type, context)) {
            throw context.invalid("cannot alias outer type which transitively refers to resources not defined in"
                    + " the current component");
        }
        return type;
    }

    /** Gives {@code type} the next type index. */
    void add(DefType type) {
        types.add(type);
    }

    /** Gives {@code type} the next core type index. */
    void addCore(CoreType type) {
        coreTypes.add(type);
    }

    int size() {
        return types.size();
    }

    DefType type(int index) {
        if (index < 0 || index >= types.size()) {
            throw context.invalid("type index out of bounds: " + Integer.toUnsignedString(index));
        }
        return types.get(index);
    }

    CoreType coreType(int index) {
        if (index < 0 || index >= coreTypes.size()) {
            throw context.invalid("core type index out of bounds: " + Integer.toUnsignedString(index));
        }
        return coreTypes.get(index);
    }

    FunctionType function(int index) {
        return type(index) instanceof FunctionType f ? f : wrong(index, "a function type");
    }

    InstanceType instance(int index) {
        return type(index) instanceof InstanceType i ? i : wrong(index, "an instance type");
    }

    ComponentType component(int index) {
        return type(index) instanceof ComponentType c ? c : wrong(index, "a component type");
    }

    ResourceType resource(int index) {
        return type(index) instanceof ResourceType r ? r : wrong(index, "a resource type");
    }

    ModuleType module(int index) {
        return coreType(index) instanceof CoreType.Module(ModuleType m)
                ? m
                : wrong("core type", index, "a module type");
    }

    ValueType value(ValTypeRef reference) {
        return switch (reference) {
            case ValTypeRef.Primitive(ValueType.Primitive type) -> type;
            case ValTypeRef.Index(int index) ->
                type(index) instanceof ValueType v ? v : wrong(index, "a defined type");
        };
    }

    private <T> T wrong(int index, String wanted) {
        return wrong("type", index, wanted);
    }

    private <T> T wrong(String space, int index, String wanted) {
        throw context.invalid(space + " index " + index + " is not " + wanted);
    }

    /**
     * Resolves a definition; the caller gives it its index by {@link #add}. A resource type comes out
     * abstract.
     */
    DefType resolve(TypeDef definition) {
        DefType type = new TypeResolver(this).resolve(definition);
        context.info(type);
        return type;
    }

    CoreType resolve(CoreTypeDef definition) {
        return new CoreTypeResolver(this).resolve(definition);
    }

    /**
     * Resolves the type of an import or export. A resource type of its own bound comes out fresh;
     * see {@link InstanceType#resources} for those of an instance.
     */
    ExternDesc resolve(String name, ExternTypeRef reference) {
        return switch (reference) {
            case ExternTypeRef.CoreModule(int index) -> new ExternDesc.CoreModule(module(index));
            case ExternTypeRef.Func(int index) -> new ExternDesc.Func(function(index));
            case ExternTypeRef.Value(ValTypeRef type) -> new ExternDesc.Value(value(type));
            case ExternTypeRef.ValueEq(int index) ->
                throw context.unsupported("an import or export of a value equal to another one: values are a gated"
                        + " feature of the component model");
            case ExternTypeRef.TypeEq(int index) -> new ExternDesc.Type(named(type(index), name));
            case ExternTypeRef.SubResource() -> new ExternDesc.Type(new ResourceType(name));
            case ExternTypeRef.Component(int index) -> new ExternDesc.Component(component(index));
            case ExternTypeRef.Instance(int index) -> new ExternDesc.Instance(instance(index));
        };
    }

    /** The same type as an object of its own, so that {@link Visibility} can tell by which name it was reached. */
    DefType named(DefType type, String name) {
        context.charge(switch (type) {
            case InstanceType i -> i.exports().size();
            case ComponentType c -> c.imports().size() + c.exports().size();
            default -> 1;
        });
        return switch (type) {
            case ResourceType r -> r.named(name);
            case ValueType.Primitive p -> p;
            case ValueType.Record(List<ValueType.Field> fields) -> new ValueType.Record(fields);
            case ValueType.Variant(List<ValueType.Case> cases) -> new ValueType.Variant(cases);
            case ValueType.Flags(List<String> labels) -> new ValueType.Flags(labels);
            case ValueType.Enum(List<String> labels) -> new ValueType.Enum(labels);
            case ValueType.ListOf(ValueType element) -> new ValueType.ListOf(element);
            case ValueType.FixedList(ValueType element, int length) -> new ValueType.FixedList(element, length);
            case ValueType.MapOf(ValueType key, ValueType value) -> new ValueType.MapOf(key, value);
            case ValueType.Tuple(List<ValueType> types) -> new ValueType.Tuple(types);
            case ValueType.Option(ValueType some) -> new ValueType.Option(some);
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                new ValueType.Result(ok, error);
            case ValueType.Own(ResourceType r) -> new ValueType.Own(r);
            case ValueType.Borrow(ResourceType r) -> new ValueType.Borrow(r);
            case ValueType.Stream(Optional<ValueType> element) -> new ValueType.Stream(element);
            case ValueType.Future(Optional<ValueType> element) -> new ValueType.Future(element);
            case FunctionType f -> new FunctionType(f.params(), f.result(), f.async());
            case InstanceType i -> new InstanceType(i.exports(), i.resources());
            case ComponentType c ->
                new ComponentType(c.imports(), c.exports(), c.importedResources(), c.definedResources());
        };
    }
}
