package dev.virga.engine.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.engine.FuncType;
import dev.virga.engine.Trap;
import dev.virga.engine.V128;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Values of the scripts: floats are given as the decimal number of their bits. */
final class Values {

    /** A host's object as the scripts know it: by a number. */
    record HostReference(String number) {}

    private static final int F32_CANONICAL = 0x7fc0_0000;
    private static final long F64_CANONICAL = 0x7ff8_0000_0000_0000L;

    private Values() {}

    static Object read(JsonNode value) {
        String type = value.get("type").asText();
        JsonNode content = value.get("value");
        return switch (type) {
            case "i32" -> new BigInteger(content.asText()).intValue();
            case "i64" -> new BigInteger(content.asText()).longValue();
            case "f32" -> Float.intBitsToFloat(new BigInteger(content.asText()).intValue());
            case "f64" -> Double.longBitsToDouble(new BigInteger(content.asText()).longValue());
            case "v128" -> vector(value);
            default -> content == null || content.asText().equals("null")
                    ? null
                    : new HostReference(content.asText());
        };
    }

    private static V128 vector(JsonNode value) {
        String lane = value.get("lane_type").asText();
        int bits = Integer.parseInt(lane.substring(1));
        BigInteger all = BigInteger.ZERO;
        int shift = 0;
        for (JsonNode element : value.get("value")) {
            BigInteger mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
            all = all.or(new BigInteger(element.asText()).and(mask).shiftLeft(shift));
            shift += bits;
        }
        return new V128(all.longValue(), all.shiftRight(64).longValue());
    }

    static List<Object> results(FuncType type, Object result) {
        return switch (type.results().size()) {
            case 0 -> List.of();
            case 1 -> Arrays.asList(result);
            default -> Arrays.asList((Object[]) result);
        };
    }

    static void check(JsonNode expected, List<Object> actual) {
        if (expected.size() != actual.size()) {
            throw new AssertionError("wanted " + expected + ", got " + actual);
        }
        for (int i = 0; i < actual.size(); i++) {
            if (!matches(expected.get(i), actual.get(i))) {
                throw new AssertionError("wanted " + expected.get(i) + ", got " + actual.get(i));
            }
        }
    }

    private static boolean matches(JsonNode expected, Object actual) {
        String type = expected.get("type").asText();
        JsonNode content = expected.get("value");
        String text = content == null ? "" : content.asText();
        return switch (type) {
            case "either" -> {
                for (JsonNode one : expected.get("values")) {
                    if (matches(one, actual)) {
                        yield true;
                    }
                }
                yield false;
            }
            case "f32" -> matchesFloat(text, Float.floatToRawIntBits((Float) actual));
            case "f64" -> matchesDouble(text, Double.doubleToRawLongBits((Double) actual));
            case "i32", "i64" -> read(expected).equals(actual);
            case "v128" -> matchesVector(expected, (V128) actual);
            case "refnull", "nullref", "nullfuncref", "nullexternref", "nullexnref" -> actual == null;
            default -> content == null ? actual != null : text.equals("null") ? actual == null
                    : new HostReference(text).equals(actual);
        };
    }

    private static boolean matchesFloat(String wanted, int bits) {
        return switch (wanted) {
            case "nan:canonical" -> (bits & 0x7fff_ffff) == F32_CANONICAL;
            case "nan:arithmetic" -> (bits & F32_CANONICAL) == F32_CANONICAL;
            default -> bits == new BigInteger(wanted).intValue();
        };
    }

    private static boolean matchesDouble(String wanted, long bits) {
        return switch (wanted) {
            case "nan:canonical" -> (bits & 0x7fff_ffff_ffff_ffffL) == F64_CANONICAL;
            case "nan:arithmetic" -> (bits & F64_CANONICAL) == F64_CANONICAL;
            default -> bits == new BigInteger(wanted).longValue();
        };
    }

    private static boolean matchesVector(JsonNode expected, V128 actual) {
        JsonNode lanes = expected.get("value");
        return switch (expected.get("lane_type").asText()) {
            case "f32" -> IntStream.range(0, 4).allMatch(i -> matchesFloat(
                    lanes.get(i).asText(), (int) (half(actual, i / 2) >>> 32 * (i % 2))));
            case "f64" -> IntStream.range(0, 2).allMatch(i -> matchesDouble(lanes.get(i).asText(), half(actual, i)));
            default -> vector(expected).equals(actual);
        };
    }

    private static long half(V128 vector, int index) {
        return index == 0 ? vector.low() : vector.high();
    }

    /** The suite's wording is ours, but for null references, of which it knows several. */
    static boolean sameTrap(String wanted, Trap trap) {
        String kind = trap.kind().text();
        return wanted.startsWith(kind)
                || kind.startsWith(wanted)
                || trap.kind() == Trap.Kind.NULL_REFERENCE && wanted.startsWith("null");
    }
}
