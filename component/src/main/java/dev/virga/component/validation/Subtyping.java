package dev.virga.component.validation;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that something of one type can stand where another is expected (Explainer, "Type
 * Checking"). Abstract resource types of the expected type are bound to the actual ones where they
 * are first met, which is where they are imported or exported; all later uses must agree.
 */
final class Subtyping {

    private final Context context;
    private final Set<ResourceType> open = new HashSet<>();
    private final Map<ResourceType, ResourceType> bound = new HashMap<>();
    private final Map<DefType, DefType> renamed = new IdentityHashMap<>();
    private final Trail trail = new Trail();
    private final ValueEquality values;
    /** How many types, rather than things of a type, are being compared. */
    private int within;

    Subtyping(Context context) {
        this.context = context;
        this.values = new ValueEquality(context, trail, this::same);
    }

    /** Lets these be bound to what they are checked against. */
    void open(Set<ResourceType> resources) {
        open.addAll(resources);
    }

    /** What the abstract resource types of the expected types turned out to be. */
    Map<ResourceType, ResourceType> bound() {
        return bound;
    }

    /** The types that were imported or exported by the expected type, with the actual ones. */
    Map<DefType, DefType> renamed() {
        return renamed;
    }

    /** Why {@code actual} cannot stand where {@code expected} is; empty if it can. */
    Optional<String> check(ExternDesc actual, ExternDesc expected) {
        try {
            match(actual, expected);
            return Optional.empty();
        } catch (Trail.Mismatch e) {
            trail.clear();
            within = 0;
            return Optional.of(e.getMessage());
        }
    }

    private void match(ExternDesc actual, ExternDesc expected) {
        context.charge(1);
        switch (expected) {
            case ExternDesc.CoreModule(var type) when actual instanceof ExternDesc.CoreModule(var other) -> {
                context.charge(type.imports().size() + type.exports().size()
                        + other.imports().size() + other.exports().size());
                CoreSubtyping.mismatch(other, type).ifPresent(why -> {
                    throw trail.mismatch(why);
                });
            }
            case ExternDesc.Func(var type) when actual instanceof ExternDesc.Func(var other) -> function(other, type);
            case ExternDesc.Value(var type) when actual instanceof ExternDesc.Value(var other) -> values.equal(other, type);
            case ExternDesc.Instance(var type) when actual instanceof ExternDesc.Instance(var other) ->
                instance(other, type);
            case ExternDesc.Component(var type) when actual instanceof ExternDesc.Component(var other) ->
                component(other, type);
            case ExternDesc.Type(var type) when actual instanceof ExternDesc.Type(var other) -> {
                type(other, type);
                if (within == 0) {
                    renamed.put(type, other);
                }
            }
            default -> throw trail.expected(kind(expected), kind(actual));
        }
    }

    private void type(DefType actual, DefType expected) {
        switch (expected) {
            case ResourceType r when actual instanceof ResourceType other -> {
                if (open.contains(r) && !bound.containsKey(r)) {
                    bound.put(r, resolve(other));
                } else {
                    same(other, r);
                }
            }
            case ValueType v when actual instanceof ValueType other -> values.equal(other, v);
            case FunctionType f when actual instanceof FunctionType other -> function(other, f);
            // Equal types are subtypes of each other.
            case InstanceType i when actual instanceof InstanceType other -> {
                if (i != other) {
                    within++;
                    instance(other, i);
                    instance(i, other);
                    within--;
                }
            }
            case ComponentType c when actual instanceof ComponentType other -> {
                component(other, c);
                component(c, other);
            }
            default -> throw trail.expected(kind(expected), kind(actual));
        }
    }

    private ResourceType resolve(ResourceType type) {
        ResourceType resolved = type;
        ResourceType next = bound.get(type);
        while (next != null && !next.equals(resolved)) {
            resolved = next;
            next = bound.get(next);
        }
        return resolved;
    }

    private void same(ResourceType actual, ResourceType expected) {
        if (!resolve(actual).equals(resolve(expected))) {
            throw trail.mismatch("resource types are not the same: expected `" + expected + "`, found `" + actual + "`");
        }
    }

    private void instance(InstanceType actual, InstanceType expected) {
        Set<ResourceType> inner = opened(expected.resources());
        exports(actual.exports(), expected.exports());
        close(inner);
    }

    private void exports(Map<String, ExternDesc> actual, Map<String, ExternDesc> expected) {
        expected.forEach((name, type) -> {
            context.chargeName(name);
            ExternDesc export = actual.get(name);
            if (export == null) {
                throw trail.mismatch("missing expected export `" + name + "`");
            }
            trail.enter("export", name);
            match(export, type);
            trail.leave();
        });
    }

    /** A component may import less and export more. */
    private void component(ComponentType actual, ComponentType expected) {
        if (actual == expected) {
            return;
        }
        within++;
        Set<ResourceType> imported = opened(actual.importedResources());
        actual.imports().forEach((name, type) -> {
            context.chargeName(name);
            ExternDesc offered = expected.imports().get(name);
            if (offered == null) {
                throw trail.mismatch("missing expected import `" + name + "`");
            }
            trail.enter("import", name);
            match(offered, type);
            trail.leave();
        });
        Set<ResourceType> defined = opened(expected.definedResources());
        exports(actual.exports(), expected.exports());
        close(defined);
        close(imported);
        within--;
    }

    /** Opens what is not open yet, for a part of the check. */
    private Set<ResourceType> opened(Set<ResourceType> resources) {
        Set<ResourceType> inner = new HashSet<>(resources);
        inner.removeAll(open);
        open.addAll(inner);
        return inner;
    }

    private void close(Set<ResourceType> inner) {
        open.removeAll(inner);
        inner.forEach(bound::remove);
    }

    private void function(FunctionType actual, FunctionType expected) {
        if (actual == expected) {
            return;
        }
        if (actual.async() != expected.async()) {
            throw trail.expected(expected.async() ? "an async function" : "a function that is not async",
                    actual.async() ? "an async one" : "one that is not");
        }
        if (actual.params().size() != expected.params().size()) {
            throw trail.expected(expected.params().size() + " parameters", "" + actual.params().size());
        }
        for (int i = 0; i < expected.params().size(); i++) {
            FunctionType.Param param = expected.params().get(i);
            FunctionType.Param other = actual.params().get(i);
            values.label("parameter named", other.name(), param.name());
            values.equal("function parameter", param.name(), other.type(), param.type());
        }
        values.equal("result", "result", actual.result(), expected.result());
    }

    private static String kind(ExternDesc type) {
        return switch (type) {
            case ExternDesc.CoreModule m -> "core module";
            case ExternDesc.Func f -> "func";
            case ExternDesc.Value v -> "value";
            case ExternDesc.Type t -> "type";
            case ExternDesc.Instance i -> "instance";
            case ExternDesc.Component c -> "component";
        };
    }

    private static String kind(DefType type) {
        return switch (type) {
            case ResourceType r -> "resource";
            case FunctionType f -> "function type";
            case InstanceType i -> "instance type";
            case ComponentType c -> "component type";
            case ValueType v -> ValueEquality.kind(v);
        };
    }
}
