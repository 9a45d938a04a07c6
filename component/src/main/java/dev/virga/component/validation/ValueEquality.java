package dev.virga.component.validation;

import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Checks that value types are equal: they have no subtypes but themselves. */
final class ValueEquality {

    private final Context context;
    private final Trail trail;
    private final BiConsumer<ResourceType, ResourceType> same;

    /** @param same checks that an actual resource type is the expected one */
    ValueEquality(Context context, Trail trail, BiConsumer<ResourceType, ResourceType> same) {
        this.context = context;
        this.trail = trail;
        this.same = same;
    }

    void equal(String what, Object name, ValueType actual, ValueType expected) {
        trail.enter(what, name);
        equal(actual, expected);
        trail.leave();
    }

    void equal(String what, String name, Optional<ValueType> actual, Optional<ValueType> expected) {
        if (actual.isPresent() != expected.isPresent()) {
            throw expected.isPresent()
                    ? trail.mismatch("expected " + what + " `" + name + "` to have a type, found none")
                    : trail.mismatch("expected " + what + " `" + name + "` to have no type");
        }
        if (expected.isPresent()) {
            equal(what, name, actual.get(), expected.get());
        }
    }

    void equal(ValueType actual, ValueType expected) {
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
                    equal("record field", name, others.get(i).type(), fields.get(i).type());
                }
            }
            case ValueType.Variant(var cases) when actual instanceof ValueType.Variant(var others) -> {
                count("cases", others, cases);
                for (int i = 0; i < cases.size(); i++) {
                    String name = cases.get(i).name();
                    label("case named", others.get(i).name(), name);
                    equal("variant case", name, others.get(i).type(), cases.get(i).type());
                }
            }
            case ValueType.Tuple(var types) when actual instanceof ValueType.Tuple(var others) -> {
                count("types", others, types);
                for (int i = 0; i < types.size(); i++) {
                    equal("tuple field", i, others.get(i), types.get(i));
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
                equal("result", "ok", k, ok);
                equal("result", "error", e, error);
            }
            case ValueType.Own(var resource) when actual instanceof ValueType.Own(var other) -> same.accept(other, resource);
            case ValueType.Borrow(var resource) when actual instanceof ValueType.Borrow(var other) ->
                same.accept(other, resource);
            case ValueType.Stream(var element) when actual instanceof ValueType.Stream(var other) ->
                equal("stream", "element", other, element);
            case ValueType.Future(var element) when actual instanceof ValueType.Future(var other) ->
                equal("future", "payload", other, element);
            case ValueType.Flags(var labels) when actual instanceof ValueType.Flags(var others) -> {
                labels("flags", others, labels);
            }
            case ValueType.Enum(var labels) when actual instanceof ValueType.Enum(var others) -> {
                labels("enum", others, labels);
            }
            default -> throw trail.expected(kind(expected), kind(actual));
        }
    }

    private void count(String what, List<?> actual, List<?> expected) {
        if (actual.size() != expected.size()) {
            throw trail.expected(expected.size() + " " + what, "" + actual.size());
        }
    }

    void label(String what, String actual, String expected) {
        context.chargeName(expected);
        if (!actual.equals(expected)) {
            throw trail.expected(what + " `" + expected + "`", "`" + actual + "`");
        }
    }

    private void labels(String what, List<String> actual, List<String> expected) {
        expected.forEach(context::chargeName);
        if (!actual.equals(expected)) {
            throw trail.mismatch("mismatch in " + what + " elements");
        }
    }

    /** What kind of type this is, for messages. */
    static String kind(ValueType type) {
        return switch (type) {
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
