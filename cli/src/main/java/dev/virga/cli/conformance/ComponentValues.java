package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.component.RecordValue;
import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Component values in scripts, from and to the dynamic Java mapping of {@code HostInterface}. */
final class ComponentValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ComponentValues() {}

    static Object read(ValueType type, JsonNode node) {
        JsonNode value = node.path("value");
        return switch (type) {
            case Primitive primitive -> readPrimitive(primitive, value);
            case ValueType.Record record -> readRecord(record, value);
            case ValueType.Variant variant -> readVariant(variant, value);
            case ValueType.ListOf(ValueType element) when element == Primitive.U8 -> readBytes(value);
            case ValueType.ListOf(ValueType element) -> readList(element, value);
            case ValueType.FixedList(ValueType element, int _) -> readList(element, value);
            case ValueType.Tuple(List<ValueType> types) -> {
                List<Object> all = new ArrayList<>();
                for (int i = 0; i < types.size(); i++) {
                    all.add(read(types.get(i), value.path(i)));
                }
                yield new Tuple(all);
            }
            case ValueType.Flags _ -> {
                Set<String> labels = new LinkedHashSet<>();
                value.forEach(label -> labels.add(label.asText()));
                yield labels;
            }
            case ValueType.Enum _ -> value.asText();
            case ValueType.Option(ValueType some) ->
                value.isNull() ? Optional.empty() : Optional.of(read(some, value));
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                value.has("Ok")
                        ? Result.ok(ok.map(t -> read(t, value.get("Ok"))).orElse(null))
                        : Result.err(error.map(t -> read(t, value.get("Err"))).orElse(null));
            default -> throw new ScriptException("no values of type " + type + " in scripts");
        };
    }

    private static Object readPrimitive(Primitive type, JsonNode value) {
        String text = value.asText();
        return switch (type) {
            case BOOL -> value.asBoolean();
            case S8, U8 -> (byte) Integer.parseInt(text);
            case S16, U16 -> (short) Integer.parseInt(text);
            case S32, U32 -> (int) Long.parseLong(text);
            case S64 -> Long.parseLong(text);
            case U64 -> Long.parseUnsignedLong(text);
            case F32 -> Float.intBitsToFloat((int) Long.parseLong(text));
            case F64 -> Double.longBitsToDouble(Long.parseUnsignedLong(text));
            case CHAR -> text.codePointAt(0);
            case STRING -> text;
            case ERROR_CONTEXT -> throw new ScriptException("no values of type error-context in scripts");
        };
    }

    private static Object readRecord(ValueType.Record type, JsonNode pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < type.fields().size(); i++) {
            ValueType.Field field = type.fields().get(i);
            if (!pairs.path(i).path(0).asText().equals(field.name())) {
                throw new ScriptException("expected the field \"" + field.name() + "\"");
            }
            fields.put(field.name(), read(field.type(), pairs.path(i).path(1)));
        }
        return new RecordValue(fields);
    }

    private static Object readVariant(ValueType.Variant type, JsonNode value) {
        String name = value.path("case").asText();
        ValueType.Case chosen = type.cases().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ScriptException("no case \"" + name + "\""));
        return new VariantValue(name, chosen.type().map(t -> read(t, value.path("payload"))));
    }

    private static byte[] readBytes(JsonNode value) {
        byte[] bytes = new byte[value.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(value.path(i).path("value").asText());
        }
        return bytes;
    }

    private static List<Object> readList(ValueType element, JsonNode value) {
        return StreamSupport.stream(value.spliterator(), false).map(node -> read(element, node)).toList();
    }

    /** Writes a value as scripts have it, so that two values can be compared and shown. */
    static JsonNode write(ValueType type, Object value) {
        return switch (type) {
            case Primitive primitive -> writePrimitive(primitive, value);
            case ValueType.Record record -> {
                ArrayNode pairs = JSON.arrayNode();
                Map<String, Object> fields = ((RecordValue) value).fields();
                for (ValueType.Field field : record.fields()) {
                    pairs.addArray().add(field.name()).add(write(field.type(), fields.get(field.name())));
                }
                yield tagged("record", pairs);
            }
            case ValueType.Variant variant -> writeVariant(variant, (VariantValue) value);
            case ValueType.ListOf(ValueType element) -> tagged("list", writeList(element, value));
            case ValueType.FixedList(ValueType element, int _) -> tagged("list", writeList(element, value));
            case ValueType.Tuple(List<ValueType> types) -> {
                ArrayNode all = JSON.arrayNode();
                for (int i = 0; i < types.size(); i++) {
                    all.add(write(types.get(i), ((Tuple) value).values().get(i)));
                }
                yield tagged("tuple", all);
            }
            case ValueType.Flags(List<String> labels) -> {
                ArrayNode set = JSON.arrayNode();
                labels.stream().filter(((Set<?>) value)::contains).forEach(set::add);
                yield tagged("flags", set);
            }
            case ValueType.Enum _ -> tagged("enum", JSON.textNode((String) value));
            case ValueType.Option(ValueType some) ->
                tagged("option", ((Optional<?>) value).map(v -> write(some, v)).orElse(JSON.nullNode()));
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                tagged("result", switch ((Result<?, ?>) value) {
                    case Result.Ok<?, ?>(Object v) -> side("Ok", ok, v);
                    case Result.Err<?, ?>(Object e) -> side("Err", error, e);
                });
            default -> throw new ScriptException("no values of type " + type + " in scripts");
        };
    }

    private static JsonNode writePrimitive(Primitive type, Object value) {
        JsonNode json = switch (type) {
            case BOOL -> JSON.booleanNode((Boolean) value);
            case U8 -> JSON.textNode(Integer.toString(Byte.toUnsignedInt((Byte) value)));
            case U16 -> JSON.textNode(Integer.toString(Short.toUnsignedInt((Short) value)));
            case U32 -> JSON.textNode(Integer.toUnsignedString((Integer) value));
            case U64 -> JSON.textNode(Long.toUnsignedString((Long) value));
            case S8, S16, S32, S64, STRING -> JSON.textNode(value.toString());
            case F32 -> JSON.textNode(Integer.toUnsignedString(Float.floatToRawIntBits((Float) value)));
            case F64 -> JSON.textNode(Long.toUnsignedString(Double.doubleToRawLongBits((Double) value)));
            case CHAR -> JSON.textNode(Character.toString((Integer) value));
            case ERROR_CONTEXT -> throw new ScriptException("no values of type error-context in scripts");
        };
        return tagged(type.toString(), json);
    }

    private static JsonNode writeVariant(ValueType.Variant type, VariantValue value) {
        ObjectNode json = JSON.objectNode().put("case", value.name());
        for (ValueType.Case one : type.cases()) {
            if (one.name().equals(value.name()) && one.type().isPresent()) {
                json.set("payload", write(one.type().get(), value.payload().orElseThrow()));
            }
        }
        return tagged("variant", json);
    }

    private static ArrayNode writeList(ValueType element, Object value) {
        ArrayNode all = JSON.arrayNode();
        if (value instanceof byte[] bytes) {
            for (byte b : bytes) {
                all.add(write(element, b));
            }
        } else {
            ((List<?>) value).forEach(v -> all.add(write(element, v)));
        }
        return all;
    }

    private static JsonNode side(String name, Optional<ValueType> type, Object value) {
        return JSON.objectNode().set(name, type.map(t -> write(t, value)).orElse(JSON.nullNode()));
    }

    private static ObjectNode tagged(String type, JsonNode value) {
        return JSON.objectNode().put("type", type).set("value", value);
    }
}
