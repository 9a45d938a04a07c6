package dev.virga.component.runtime;

import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Types for error texts, much as WIT writes them. */
public final class TypeText {

    /** A type that a guest chose may be huge. */
    private static final int LONGEST = 400;

    private final StringBuilder out = new StringBuilder();

    private TypeText() {}

    public static String of(FunctionType type) {
        TypeText text = new TypeText();
        text.out.append(type.async() ? "async func(" : "func(");
        text.list(type.params(), p -> {
            text.out.append(p.name()).append(": ");
            text.value(p.type());
        });
        text.out.append(')');
        type.result().ifPresent(result -> {
            text.out.append(" -> ");
            text.value(result);
        });
        return text.finish();
    }

    public static String of(ValueType type) {
        TypeText text = new TypeText();
        text.value(type);
        return text.finish();
    }

    /** What kind of thing an import or export is. */
    public static String kind(ExternDesc type) {
        return switch (type) {
            case ExternDesc.CoreModule _ -> "core module";
            case ExternDesc.Func _ -> "func";
            case ExternDesc.Value _ -> "value";
            case ExternDesc.Type(ResourceType _) -> "resource";
            case ExternDesc.Type _ -> "type";
            case ExternDesc.Instance _ -> "instance";
            case ExternDesc.Component _ -> "component";
        };
    }

    private String finish() {
        return out.length() > LONGEST ? out.substring(0, LONGEST) + "…" : out.toString();
    }

    private interface Part<P> {
        void print(P part);
    }

    private <P> void list(List<P> parts, Part<P> printer) {
        String separator = "";
        for (P part : parts) {
            out.append(separator);
            printer.print(part);
            separator = ", ";
        }
    }

    private void value(ValueType type) {
        if (out.length() > LONGEST) {
            return;
        }
        switch (type) {
            case ValueType.Primitive primitive -> out.append(primitive);
            case ValueType.Record(List<ValueType.Field> fields) -> {
                out.append("record { ");
                list(fields, f -> {
                    out.append(f.name()).append(": ");
                    value(f.type());
                });
                out.append(" }");
            }
            case ValueType.Variant(List<ValueType.Case> cases) -> {
                out.append("variant { ");
                list(cases, c -> {
                    out.append(c.name());
                    c.type().ifPresent(payload -> parameters("", List.of(payload), '(', ')'));
                });
                out.append(" }");
            }
            case ValueType.ListOf(ValueType element) -> parameters("list", List.of(element), '<', '>');
            case ValueType.FixedList(ValueType element, int length) -> {
                out.append("list<");
                value(element);
                out.append(", ").append(Integer.toUnsignedString(length)).append('>');
            }
            case ValueType.MapOf(ValueType key, ValueType value) -> parameters("map", List.of(key, value), '<', '>');
            case ValueType.Tuple(List<ValueType> types) -> parameters("tuple", types, '<', '>');
            case ValueType.Flags(List<String> labels) -> out.append(labels("flags", labels));
            case ValueType.Enum(List<String> labels) -> out.append(labels("enum", labels));
            case ValueType.Option(ValueType some) -> parameters("option", List.of(some), '<', '>');
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) -> result(ok, error);
            case ValueType.Own(ResourceType resource) -> out.append("own<").append(resource.name()).append('>');
            case ValueType.Borrow(ResourceType resource) ->
                out.append("borrow<").append(resource.name()).append('>');
            case ValueType.Stream(Optional<ValueType> element) -> generic("stream", element);
            case ValueType.Future(Optional<ValueType> element) -> generic("future", element);
        }
    }

    private void result(Optional<ValueType> ok, Optional<ValueType> error) {
        out.append("result");
        if (ok.isEmpty() && error.isEmpty()) {
            return;
        }
        out.append('<');
        ok.ifPresentOrElse(this::value, () -> out.append('_'));
        error.ifPresent(e -> {
            out.append(", ");
            value(e);
        });
        out.append('>');
    }

    private void generic(String name, Optional<ValueType> element) {
        element.ifPresentOrElse(e -> parameters(name, List.of(e), '<', '>'), () -> out.append(name));
    }

    private void parameters(String name, List<ValueType> types, char open, char close) {
        out.append(name).append(open);
        list(types, this::value);
        out.append(close);
    }

    private static String labels(String name, List<String> labels) {
        return name + labels.stream().collect(Collectors.joining(", ", " { ", " }"));
    }
}
