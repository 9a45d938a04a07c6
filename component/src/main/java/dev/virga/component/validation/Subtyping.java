package dev.virga.component.validation;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks that something of one type can stand where another is expected (Explainer, "Type
 * Checking"). Abstract resource types of the expected type are bound to the actual ones where they
 * are first met, which is where they are imported or exported; all later uses must agree.
 */
public final class Subtyping {

    /** Leaves the check at the first difference; never leaves this class. */
    private static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message, null, false, false);
        }
    }

    /** Where the check is, from the outside in. */
    private record Step(String what, Object name) {
        @Override
        public String toString() {
            return "type mismatch in " + what + " `" + name + "`: ";
        }
    }

    private final Context context;
    private final Set<ResourceType> open = new HashSet<>();
    private final Map<ResourceType, ResourceType> bound = new HashMap<>();
    private final Map<DefType, DefType> renamed = new IdentityHashMap<>();
    private final Deque<Step> path = new ArrayDeque<>();
    /** How many types, rather than things of a type, are being compared. */
    private int within;

    Subtyping(Context context) {
        this.context = context;
    }

    /** Why {@code actual} cannot stand where {@code expected} is; empty if it can. */
    public static Optional<String> mismatch(ExternDesc actual, ExternDesc expected) {
        return new Subtyping(new Context()).check(actual, expected);
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

    Optional<String> check(ExternDesc actual, ExternDesc expected) {
        try {
            match(actual, expected);
            return Optional.empty();
        } catch (Mismatch e) {
            return Optional.of(path.stream().map(Step::toString).collect(Collectors.joining()) + e.getMessage());
        }
    }

    private void match(ExternDesc actual, ExternDesc expected) {
        context.charge(1);
        switch (expected) {
            case ExternDesc.CoreModule(var type) when actual instanceof ExternDesc.CoreModule(var other) -> {
                context.charge(type.imports().size() + type.exports().size()
                        + other.imports().size() + other.exports().size());
                CoreSubtyping.mismatch(other, type).ifPresent(why -> {
                    throw new Mismatch(why);
                });
            }
            case ExternDesc.Func(var type) when actual instanceof ExternDesc.Func(var other) -> function(other, type);
            case ExternDesc.Value(var type) when actual instanceof ExternDesc.Value(var other) -> equal(other, type);
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
            default -> throw expected(kind(expected), kind(actual));
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
            case ValueType v when actual instanceof ValueType other -> equal(other, v);
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
            default -> throw expected(kind(expected), kind(actual));
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
            throw new Mismatch("resource types are not the same: expected `" + expected + "`, found `" + actual + "`");
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
                throw new Mismatch("missing expected export `" + name + "`");
            }
            path.addLast(new Step("export", name));
            match(export, type);
            path.removeLast();
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
                throw new Mismatch("missing expected import `" + name + "`");
            }
            path.addLast(new Step("import", name));
            match(offered, type);
            path.removeLast();
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
            throw expected(expected.async() ? "an async function" : "a function that is not async",
                    actual.async() ? "an async one" : "one that is not");
        }
        if (actual.params().size() != expected.params().size()) {
            throw expected(expected.params().size() + " parameters", "" + actual.params().size());
        }
        for (int i = 0; i < expected.params().size(); i++) {
            FunctionType.Param param = expected.params().get(i);
            FunctionType.Param other = actual.params().get(i);
            label("parameter named", other.name(), param.name());
            within("function parameter", param.name(), other.type(), param.type());
        }
        optional("result", "result", actual.result(), expected.result());
    }

    private void within(String what, Object name, ValueType actual, ValueType expected) {
        path.addLast(new Step(what, name));
        equal(actual, expected);
        path.removeLast();
    }

    private void optional(String what, String name, Optional<ValueType> actual, Optional<ValueType> expected) {
        if (actual.isPresent() != expected.isPresent()) {
            throw expected.isPresent()
                    ? new Mismatch("expected " + what + " `" + name + "` to have a type, found none")
                    : new Mismatch("expected " + what + " `" + name + "` to have no type");
        }
        if (expected.isPresent()) {
            within(what, name, actual.get(), expected.get());
        }
    }

    private void equal(ValueType actual, ValueType expected) {
        if (actual == expected) {
            return;
        }
        context.charge(1);
        switch (expected) {
            case ValueType.Record(var fields) when actual instanceof ValueType.Record(var others) -> {
                count("fields", others, fields);
                for (int i = 0; i < fields.size(); i++) {
                    String name = fields.get(i).name();
                    label("field name", others.get(i).name(), name);
                    within("record field", name, others.get(i).type(), fields.get(i).type());
                }
            }
            case ValueType.Variant(var cases) when actual instanceof ValueType.Variant(var others) -> {
                count("cases", others, cases);
                for (int i = 0; i < cases.size(); i++) {
                    String name = cases.get(i).name();
                    label("case named", others.get(i).name(), name);
                    optional("variant case", name, others.get(i).type(), cases.get(i).type());
                }
            }
            case ValueType.Tuple(var types) when actual instanceof ValueType.Tuple(var others) -> {
                count("types", others, types);
                for (int i = 0; i < types.size(); i++) {
                    within("tuple field", i, others.get(i), types.get(i));
                }
            }
            case ValueType.ListOf(var element) when actual instanceof ValueType.ListOf(var other) ->
                equal(other, element);
            case ValueType.FixedList(var element, int length)
            when actual instanceof ValueType.FixedList(var other, int n) && n == length -> equal(other, element);
            case ValueType.MapOf(var key, var value) when actual instanceof ValueType.MapOf(var k, var v) -> {
                equal(k, key);
                equal(v, value);
            }
            case ValueType.Option(var some) when actual instanceof ValueType.Option(var other) -> equal(other, some);
            case ValueType.Result(var ok, var error) when actual instanceof ValueType.Result(var k, var e) -> {
                optional("result", "ok", k, ok);
                optional("result", "error", e, error);
            }
            case ValueType.Own(var resource) when actual instanceof ValueType.Own(var other) -> same(other, resource);
            case ValueType.Borrow(var resource) when actual instanceof ValueType.Borrow(var other) ->
                same(other, resource);
            case ValueType.Stream(var element) when actual instanceof ValueType.Stream(var other) ->
                optional("stream", "element", other, element);
            case ValueType.Future(var element) when actual instanceof ValueType.Future(var other) ->
                optional("future", "payload", other, element);
            case ValueType.Flags(var labels) when actual instanceof ValueType.Flags(var others) -> {
                labels("flags", others, labels);
            }
            case ValueType.Enum(var labels) when actual instanceof ValueType.Enum(var others) -> {
                labels("enum", others, labels);
            }
            default -> throw expected(kind(expected), kind(actual));
        }
    }

    private static void count(String what, List<?> actual, List<?> expected) {
        if (actual.size() != expected.size()) {
            throw expected(expected.size() + " " + what, "" + actual.size());
        }
    }

    private void label(String what, String actual, String expected) {
        context.chargeName(expected);
        if (!actual.equals(expected)) {
            throw expected(what + " `" + expected + "`", "`" + actual + "`");
        }
    }

    private void labels(String what, List<String> actual, List<String> expected) {
        expected.forEach(context::chargeName);
        if (!actual.equals(expected)) {
            throw new Mismatch("mismatch in " + what + " elements");
        }
    }

    private static Mismatch expected(String expected, String actual) {
        return new Mismatch("expected " + expected + ", found " + actual);
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
            case ValueType.Primitive p -> "`" + p + "`";
            case ValueType.Record r -> "record";
            case ValueType.Variant v -> "variant";
            case ValueType.ListOf l -> "list";
            case ValueType.FixedList(var element, int length) -> "list of " + Integer.toUnsignedString(length);
            case ValueType.MapOf m -> "map";
            case ValueType.Tuple t -> "tuple";
            case ValueType.Flags f -> "flags";
            case ValueType.Enum e -> "enum";
            case ValueType.Option o -> "option";
            case ValueType.Result r -> "result";
            case ValueType.Own o -> "own";
            case ValueType.Borrow b -> "borrow";
            case ValueType.Stream s -> "stream";
            case ValueType.Future f -> "future";
        };
    }
}
