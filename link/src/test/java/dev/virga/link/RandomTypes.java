package dev.virga.link;

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
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Types and values of them, out of a seed. */
public final class RandomTypes {

    private static final List<Primitive> PRIMITIVES =
            List.of(Primitive.values()).stream().filter(p -> p != Primitive.ERROR_CONTEXT).toList();
    private static final List<Primitive> KEYS = List.of(Primitive.U8, Primitive.STRING, Primitive.CHAR, Primitive.S64);
    private static final int[] CHARS = {0, 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    private static final long[] EDGES = {
        0, 1, -1, 63, 64, -64, -65, 127, 128, 255, 256, -128, -129, 8191, 8192, 32767, -32768, 65535, Integer.MAX_VALUE,
        Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final Random random;

    public RandomTypes(long seed) {
        this.random = new Random(seed);
    }

    private List<String> names() {
        int most = random.nextInt(20) == 0 ? 32 : 5;
        return IntStream.rangeClosed(0, random.nextInt(most)).mapToObj(i -> "n" + i).toList();
    }

    private Optional<ValueType> maybe(int depth) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(type(depth));
    }

    ValueType type(int depth) {
        if (depth == 0) {
            return PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        }
        return switch (random.nextInt(12)) {
            case 0 -> new ValueType.Record(
                    names().stream().map(n -> new ValueType.Field(n, type(depth - 1))).toList());
            case 1 -> new ValueType.Variant(
                    names().stream().map(n -> new ValueType.Case(n, maybe(depth - 1))).toList());
            case 2 -> new ValueType.ListOf(type(depth - 1));
            case 3 -> new ValueType.FixedList(type(depth - 1), 1 + random.nextInt(4));
            case 4 -> new ValueType.MapOf(KEYS.get(random.nextInt(KEYS.size())), type(depth - 1));
            case 5 -> new ValueType.Tuple(names().stream().map(_ -> type(depth - 1)).toList());
            case 6 -> new ValueType.Flags(names());
            case 7 -> new ValueType.Enum(IntStream.range(0, 1 + random.nextInt(300)).mapToObj(i -> "e" + i).toList());
            case 8 -> new ValueType.Option(type(depth - 1));
            case 9 -> new ValueType.Result(maybe(depth - 1), maybe(depth - 1));
            default -> PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        };
    }

    private long number() {
        return random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
    }

    private int character() {
        return CHARS[random.nextInt(CHARS.length)];
    }

    private Object primitive(Primitive type) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case S8, U8 -> (byte) number();
            case S16, U16 -> (short) number();
            case S32, U32 -> (int) number();
            case S64, U64 -> number();
            case F32 -> random.nextInt(5) == 0 ? Float.NaN : random.nextFloat();
            case F64 -> random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : random.nextGaussian();
            case CHAR -> character();
            case STRING -> {
                StringBuilder text = new StringBuilder();
                IntStream.range(0, random.nextInt(200)).forEach(_ -> text.appendCodePoint(character()));
                yield text.toString();
            }
            case ERROR_CONTEXT -> throw new IllegalArgumentException("has no values");
        };
    }

    private List<Object> values(ValueType type, int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(type));
        }
        return values;
    }

    public Object value(ValueType type) {
        return switch (type) {
            case Primitive p -> primitive(p);
            case ValueType.ListOf(Primitive p) when p == Primitive.U8 -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case ValueType.ListOf(ValueType element) -> values(element, random.nextInt(5));
            case ValueType.FixedList(ValueType element, int length) -> values(element, length);
            case ValueType.MapOf(ValueType key, ValueType value) -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                values(key, random.nextInt(5)).forEach(k -> map.put(k, value(value)));
                yield map;
            }
            case ValueType.Record(List<ValueType.Field> fields) -> {
                Map<String, Object> map = new LinkedHashMap<>();
                fields.forEach(f -> map.put(f.name(), value(f.type())));
                yield new RecordValue(map);
            }
            case ValueType.Tuple(List<ValueType> types) -> new Tuple(types.stream().map(this::value).toList());
            case ValueType.Flags(List<String> labels) -> {
                Set<String> set = new LinkedHashSet<>(labels);
                set.removeIf(_ -> random.nextBoolean());
                yield set;
            }
            case ValueType.Enum(List<String> labels) -> labels.get(random.nextInt(labels.size()));
            case ValueType.Variant(List<ValueType.Case> cases) -> {
                ValueType.Case one = cases.get(random.nextInt(cases.size()));
                yield new VariantValue(one.name(), one.type().map(this::value));
            }
            case ValueType.Option(ValueType some) ->
                random.nextBoolean() ? Optional.empty() : Optional.of(value(some));
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                random.nextBoolean()
                        ? Result.ok(ok.map(this::value).orElse(null))
                        : Result.err(error.map(this::value).orElse(null));
            default -> throw new IllegalArgumentException(type + " has no values");
        };
    }
}
