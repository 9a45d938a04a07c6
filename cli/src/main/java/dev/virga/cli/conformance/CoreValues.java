package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.engine.Extern;
import dev.virga.engine.V128;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.StreamSupport;

/** Core values in scripts: numbers are decimal texts, floats the number of their bits. */
final class CoreValues {

    /** A host's reference, told apart by the script's number. */
    record HostRef(String id) {}

    private static final int F32_QUIET = 1 << 22;
    private static final long F64_QUIET = 1L << 51;

    private CoreValues() {}

    static Object read(JsonNode node) {
        String value = node.path("value").asText();
        return switch (node.path("type").asText()) {
            case "i32" -> (int) Long.parseLong(value);
            case "i64" -> parseI64(value);
            case "f32" -> Float.intBitsToFloat((int) Long.parseLong(value));
            case "f64" -> Double.longBitsToDouble(parseI64(value));
            case "v128" -> readVector(node);
            case "refnull" -> null;
            case String type when type.endsWith("ref") -> value.equals("null") ? null : new HostRef(value);
            case String type -> throw new ScriptException("unknown type of value \"" + type + "\"");
        };
    }

    static boolean matches(Object actual, JsonNode expected) {
        String type = expected.path("type").asText();
        String value = expected.path("value").asText();
        return switch (type) {
            case "i32" -> actual instanceof Integer i && i == (int) Long.parseLong(value);
            case "i64" -> actual instanceof Long l && l == parseI64(value);
            case "f32" -> actual instanceof Float f && matchesF32(Float.floatToRawIntBits(f), value);
            case "f64" -> actual instanceof Double d && matchesF64(Double.doubleToRawLongBits(d), value);
            case "v128" -> actual instanceof V128 v && matchesVector(v, expected);
            case "either" ->
                StreamSupport.stream(expected.path("values").spliterator(), false)
                        .anyMatch(one -> matches(actual, one));
            case String t when t.equals("refnull") || t.startsWith("null") -> actual == null;
            default -> matchesReference(actual, type, expected);
        };
    }

    /** Without a value, any reference of the type that is not null is right. */
    private static boolean matchesReference(Object actual, String type, JsonNode expected) {
        if (expected.path("value").asText().equals("null")) {
            return actual == null;
        }
        if (expected.has("value")) {
            return new HostRef(expected.get("value").asText()).equals(actual);
        }
        return actual != null && type.equals("funcref") == actual instanceof Extern.Func;
    }

    private static boolean matchesF32(int bits, String expected) {
        return switch (expected) {
            case "nan:canonical" -> (bits & 0x7fff_ffff) == 0x7fc0_0000;
            case "nan:arithmetic" -> (bits & 0x7fc0_0000) == (0x7f80_0000 | F32_QUIET);
            default -> bits == (int) Long.parseLong(expected);
        };
    }

    private static boolean matchesF64(long bits, String expected) {
        return switch (expected) {
            case "nan:canonical" -> (bits & Long.MAX_VALUE) == 0x7ff8_0000_0000_0000L;
            case "nan:arithmetic" -> (bits & 0x7ff8_0000_0000_0000L) == (0x7ff0_0000_0000_0000L | F64_QUIET);
            default -> bits == parseI64(expected);
        };
    }

    private static boolean matchesVector(V128 actual, JsonNode expected) {
        ByteBuffer lanes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        lanes.putLong(actual.low()).putLong(actual.high()).flip();
        for (JsonNode lane : expected.path("value")) {
            String value = lane.asText();
            boolean same = switch (expected.path("lane_type").asText()) {
                case "i8" -> lanes.get() == (byte) Integer.parseInt(value);
                case "i16" -> lanes.getShort() == (short) Integer.parseInt(value);
                case "i32" -> lanes.getInt() == (int) Long.parseLong(value);
                case "i64" -> lanes.getLong() == parseI64(value);
                case "f32" -> matchesF32(lanes.getInt(), value);
                case "f64" -> matchesF64(lanes.getLong(), value);
                case String type -> throw new ScriptException("unknown type of lane \"" + type + "\"");
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static V128 readVector(JsonNode node) {
        ByteBuffer lanes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode lane : node.path("value")) {
            long value = parseI64(lane.asText());
            switch (node.path("lane_type").asText()) {
                case "i8" -> lanes.put((byte) value);
                case "i16" -> lanes.putShort((short) value);
                case "i32", "f32" -> lanes.putInt((int) value);
                case "i64", "f64" -> lanes.putLong(value);
                case String type -> throw new ScriptException("unknown type of lane \"" + type + "\"");
            }
        }
        lanes.flip();
        return new V128(lanes.getLong(), lanes.getLong());
    }

    /** Scripts write 64-bit numbers signed or unsigned. */
    private static long parseI64(String value) {
        return value.startsWith("-") ? Long.parseLong(value) : Long.parseUnsignedLong(value);
    }

    static String show(Object value) {
        return switch (value) {
            case null -> "null reference";
            case Float f -> f + " (bits " + Integer.toUnsignedString(Float.floatToRawIntBits(f)) + ")";
            case Double d -> d + " (bits " + Long.toUnsignedString(Double.doubleToRawLongBits(d)) + ")";
            default -> value.toString();
        };
    }
}
