package dev.virga.plugin.postgres;

import dev.virga.component.RecordValue;
import dev.virga.component.Tuple;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.util.HStoreConverter;
import org.postgresql.util.PGbytea;

/** Forms of values that are neither times nor geometry. */
final class Forms {

    static final Form BOOL = Form.of(v -> (Boolean) v ? "t" : "f", text -> text.equals("t"));
    static final Form INT2 = Form.of(Object::toString, Short::valueOf);
    static final Form INT4 = Form.of(Object::toString, Integer::valueOf);
    static final Form UNSIGNED4 = Form.of(v -> Integer.toUnsignedString((Integer) v), Integer::parseUnsignedInt);
    static final Form INT8 = Form.of(Object::toString, Long::valueOf);
    static final Form FLOAT4 =
            Form.of(v -> Float.toString(Floats.readFloat(v)), text -> Floats.ofFloat(Float.parseFloat(text)));
    static final Form FLOAT8 =
            Form.of(v -> Double.toString(Floats.read(v)), text -> Floats.ofDouble(Double.parseDouble(text)));
    static final Form TEXT = Form.of(v -> (String) v, text -> text);
    static final Form INT2_VECTOR = Form.of(
            v -> ((List<?>) v).stream().map(Object::toString).collect(Collectors.joining(" ")),
            text -> text.isEmpty() ? List.of() : List.of(text.split(" ")).stream().map(Short::valueOf).toList());
    static final Form BYTEA = Form.of(v -> "\\x" + HexFormat.of().formatHex((byte[]) v), Forms::bytea);

    static final Form BIT = Form.of(v -> bits(length(v), bytes(v)), text -> Tuple.of(text.length(), packed(text)));
    static final Form VARBIT = Form.of(
            v -> bits(limit(v).orElse(bytes(v).length * 8), bytes(v)),
            text -> Tuple.of(Optional.of(text.length()), packed(text)));
    static final Form CHAR = Form.of(Forms::exact, text -> Tuple.of(utf8(text).length, utf8(text)));
    static final Form VARCHAR =
            Form.of(Forms::limited, text -> Tuple.of(Optional.of(utf8(text).length), utf8(text)));

    static final Form MAC6 = mac(6);
    static final Form MAC8 = mac(8);

    static final Form MONEY = new Form() {
        @Override
        public String write(Object value, Money money) {
            return money.write((String) value);
        }

        @Override
        public Object read(String text, Money money) {
            return money.read(text);
        }
    };

    static final Form LSN = Form.of(
            v -> String.format("%X/%X", (Long) v >>> 32, (Long) v & 0xffffffffL),
            text -> Long.parseLong(text.split("/")[0], 16) << 32 | Long.parseLong(text.split("/")[1], 16));
    static final Form SNAPSHOT = Form.of(Forms::snapshot, Forms::snapshot);

    /** A snapshot in which all up to the number are done. */
    static final Form TXID_SNAPSHOT = Form.of(v -> v + ":" + v + ":", Forms::snapshot);

    static final Form HSTORE = Form.of(Forms::hstore, Forms::hstore);

    private Forms() {}

    private static Object bytea(String text) {
        try {
            return PGbytea.toBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SQLException e) {
            throw new Unreadable("malformed bytes");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int length(Object value) {
        return (Integer) ((Tuple) value).values().getFirst();
    }

    private static Optional<Integer> limit(Object value) {
        return ((Optional<?>) ((Tuple) value).values().getFirst()).map(Integer.class::cast);
    }

    private static byte[] bytes(Object value) {
        return (byte[]) ((Tuple) value).values().get(1);
    }

    private static String bits(int length, byte[] bytes) {
        if (length < 0 || ((long) length + 7) / 8 != bytes.length) {
            throw new QueryFailure.BadParams(
                    Integer.toUnsignedString(length) + " bits do not take " + bytes.length + " bytes");
        }
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((bytes[i / 8] >> 7 - i % 8 & 1) == 1 ? '1' : '0');
        }
        return text.toString();
    }

    private static byte[] packed(String text) {
        byte[] bytes = new byte[(text.length() + 7) / 8];
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '1') {
                bytes[i / 8] |= (byte) (1 << 7 - i % 8);
            }
        }
        return bytes;
    }

    private static String exact(Object value) {
        if (length(value) != bytes(value).length) {
            throw new QueryFailure.BadParams("a char of " + Integer.toUnsignedString(length(value)) + " bytes has "
                    + bytes(value).length);
        }
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private static String limited(Object value) {
        if (limit(value).filter(most -> Integer.compareUnsigned(bytes(value).length, most) > 0).isPresent()) {
            throw new QueryFailure.BadParams("a varchar of at most " + Integer.toUnsignedString(limit(value).get())
                    + " bytes has " + bytes(value).length);
        }
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private static Form mac(int size) {
        return Form.of(
                v -> ((Tuple) ((RecordValue) v).fields().get("bytes"))
                        .values().stream().map(b -> String.format("%02x", (Byte) b)).collect(Collectors.joining(":")),
                text -> {
                    List<Object> bytes = new ArrayList<>(size);
                    for (String part : text.split(":")) {
                        bytes.add((byte) Integer.parseInt(part, 16));
                    }
                    return Records.of("bytes", new Tuple(bytes));
                });
    }

    private static String snapshot(Object value) {
        List<Object> parts = ((Tuple) value).values();
        String running = ((List<?>) parts.get(2)).stream().map(Object::toString).collect(Collectors.joining(","));
        return parts.get(0) + ":" + parts.get(1) + ":" + running;
    }

    private static Object snapshot(String text) {
        String[] parts = text.split(":", 3);
        List<Object> running = new ArrayList<>();
        for (String id : parts[2].isEmpty() ? new String[0] : parts[2].split(",")) {
            running.add(Long.valueOf(id));
        }
        return Tuple.of(Long.valueOf(parts[0]), Long.valueOf(parts[1]), running);
    }

    private static String hstore(Object value) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Object entry : (List<?>) value) {
            List<Object> pair = ((Tuple) entry).values();
            map.put((String) pair.get(0), (String) ((Optional<?>) pair.get(1)).orElse(null));
        }
        return HStoreConverter.toString(map);
    }

    private static Object hstore(String text) {
        List<Object> entries = new ArrayList<>();
        HStoreConverter.fromString(text)
                .forEach((key, value) -> entries.add(Tuple.of(key, Optional.ofNullable(value))));
        return entries;
    }
}
