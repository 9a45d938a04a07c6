package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.component.RecordValue;
import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads component values in scripts into the dynamic Java mapping of {@code ExportedFunction}. */
final class ComponentValueReader {

    private ComponentValueReader() {}

    /** @throws ScriptException if it is no value of this type */
    static Object read(ValueType type, JsonNode node) {
        JsonNode value = node.path("value");
        return switch (type) {
            case Primitive primitive -> primitive(primitive, tagged(node, primitive.toString()));
            case ValueType.Record record -> record(record, tagged(node, "record"));
            case ValueType.Variant variant -> variant(variant, tagged(node, "variant"));
            case ValueType.ListOf(ValueType element) when element == Primitive.U8 -> bytes(tagged(node, "list"));
            case ValueType.ListOf(ValueType element) -> list(tagged(node, "list"), n -> read(element, n));
            case ValueType.FixedList(ValueType element, int _) -> list(tagged(node, "list"), n -> read(element, n));
            case ValueType.MapOf(ValueType key, ValueType mapped) -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                tagged(node, "map").forEach(e -> entries.put(read(key, e.path(0)), read(mapped, e.path(1))));
                yield entries;
            }
            case ValueType.Tuple(List<ValueType> types) -> {
                List<Object> all = new ArrayList<>();
                for (int i = 0; i < types.size(); i++) {
                    all.add(read(types.get(i), tagged(node, "tuple").path(i)));
                }
                yield new Tuple(all);
            }
            case ValueType.Flags _ -> new LinkedHashSet<>(list(tagged(node, "flags"), JsonNode::asText));
            case ValueType.Enum _ -> tagged(node, "enum").asText();
            case ValueType.Option(ValueType some) ->
                tagged(node, "option").isNull() ? Optional.empty() : Optional.of(read(some, value));
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                tagged(node, "result").has("Ok")
                        ? Result.ok(ok.map(t -> read(t, value.get("Ok"))).orElse(null))
                        : Result.err(error.map(t -> read(t, value.path("Err"))).orElse(null));
            case ValueType.Own _, ValueType.Borrow _, ValueType.Stream _, ValueType.Future _ ->
                throw new ScriptException("no values of type " + type + " in scripts");
        };
    }

    private static JsonNode tagged(JsonNode node, String type) {
        if (!node.path("type").asText().equals(type) || !node.has("value")) {
            throw new ScriptException("expected a " + type + ", the script has " + node);
        }
        return node.get("value");
    }

    private static Object primitive(Primitive type, JsonNode value) {
        return switch (type) {
            case BOOL -> value.asBoolean();
            case S8 -> integer(value, true, 8).byteValue();
            case U8 -> integer(value, false, 8).byteValue();
            case S16 -> integer(value, true, 16).shortValue();
            case U16 -> integer(value, false, 16).shortValue();
            case S32 -> integer(value, true, 32).intValue();
            case U32 -> integer(value, false, 32).intValue();
            case S64 -> integer(value, true, 64).longValue();
            case U64 -> integer(value, false, 64).longValue();
            case F32 -> Float.intBitsToFloat(integer(value, false, 32).intValue());
            case F64 -> Double.longBitsToDouble(integer(value, false, 64).longValue());
            case CHAR -> character(value.asText());
            case STRING -> value.asText();
            case ERROR_CONTEXT -> throw new ScriptException("no values of type error-context in scripts");
        };
    }

    private static BigInteger integer(JsonNode value, boolean signed, int bits) {
        String text = value.asText();
        if (text.length() <= 20 && text.matches("-?[0-9]+")) {
            BigInteger number = new BigInteger(text);
            if (signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits) {
                return number;
            }
        }
        throw new ScriptException("expected an integer of " + bits + " bits, the script has " + value);
    }

    private static int character(String text) {
        if (text.codePointCount(0, text.length()) != 1) {
            throw new ScriptException("expected one character, the script has \"" + text + "\"");
        }
        return text.codePointAt(0);
    }

    private static Object record(ValueType.Record type, JsonNode pairs) {
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

    private static Object variant(ValueType.Variant type, JsonNode value) {
        String name = value.path("case").asText();
        ValueType.Case chosen = type.cases().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ScriptException("no case \"" + name + "\""));
        return new VariantValue(name, chosen.type().map(t -> read(t, value.path("payload"))));
    }

    private static byte[] bytes(JsonNode value) {
        byte[] bytes = new byte[value.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) read(Primitive.U8, value.path(i));
        }
        return bytes;
    }

    private static <T> List<T> list(JsonNode value, Function<JsonNode, T> element) {
        List<T> all = new ArrayList<>();
        value.forEach(node -> all.add(element.apply(node)));
        return all;
    }
}
