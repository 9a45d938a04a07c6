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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes component values of the dynamic Java mapping as scripts have them. */
final class ComponentValueWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ComponentValueWriter() {}

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
            case ValueType.MapOf(ValueType key, ValueType mapped) -> {
                ArrayNode entries = JSON.arrayNode();
                ((Map<?, ?>) value).forEach((k, v) -> entries.addArray().add(write(key, k)).add(write(mapped, v)));
                yield tagged("map", entries);
            }
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
            case ValueType.Own _, ValueType.Borrow _, ValueType.Stream _, ValueType.Future _ ->
                throw new ScriptException("no values of type " + type + " in scripts");
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
