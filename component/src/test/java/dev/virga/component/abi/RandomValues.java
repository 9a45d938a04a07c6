package dev.virga.component.abi;

import dev.virga.component.RecordValue;
import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.component.type.ResourceType;
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

/** Random component types, and random values of them in the dynamic mapping. */
final class RandomValues {

    private static final List<Primitive> PRIMITIVES =
            List.of(Primitive.values()).stream().filter(p -> p != Primitive.ERROR_CONTEXT).toList();
    private static final ResourceType RESOURCE = new ResourceType("thing");
    private static final int KINDS = 12;

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    ValueType type(int depth) {
        int kind = depth == 0 ? random.nextInt(4) : random.nextInt(KINDS + 4);
        return switch (kind) {
            case 4, 5 -> new ValueType.Record(IntStream.rangeClosed(0, random.nextInt(6))
                    .mapToObj(i -> new ValueType.Field("f" + i, type(depth - 1))).toList());
            case 6 -> new ValueType.Tuple(IntStream.rangeClosed(0, random.nextInt(5))
                    .mapToObj(i -> type(depth - 1)).toList());
            case 7, 8 -> new ValueType.Variant(IntStream.rangeClosed(0, random.nextInt(20) == 0 ? 300 : random.nextInt(5))
                    .mapToObj(i -> new ValueType.Case("c" + i, payload(depth - 1))).toList());
            case 9, 10 -> new ValueType.ListOf(type(depth - 1));
            case 11 -> new ValueType.Option(type(depth - 1));
            case 12 -> new ValueType.Result(payload(depth - 1), payload(depth - 1));
            case 13 -> new ValueType.FixedList(type(depth - 1), 1 + random.nextInt(5));
            case 14 -> new ValueType.MapOf(random.nextBoolean() ? Primitive.U32 : Primitive.STRING, type(depth - 1));
            case 15 -> random.nextBoolean() ? new ValueType.Own(RESOURCE) : new ValueType.Borrow(RESOURCE);
            case 2 -> new ValueType.Enum(labels(random.nextInt(20) == 0 ? 300 : 1 + random.nextInt(6)));
            case 3 -> new ValueType.Flags(labels(1 + random.nextInt(32)));
            default -> PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        };
    }

    private Optional<ValueType> payload(int depth) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(type(Math.max(0, depth)));
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
    }

    Object value(ValueType type) {
        return switch (type) {
            case Primitive p -> primitive(p);
            case ValueType.Record r -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                r.fields().forEach(f -> fields.put(f.name(), value(f.type())));
                yield new RecordValue(fields);
            }
            case ValueType.Tuple t -> new Tuple(t.types().stream().map(this::value).toList());
            case ValueType.Variant v -> {
                ValueType.Case c = v.cases().get(random.nextInt(v.cases().size()));
                yield new VariantValue(c.name(), c.type().map(this::value));
            }
            case ValueType.Option o -> random.nextBoolean() ? Optional.empty() : Optional.of(value(o.type()));
            case ValueType.Result r -> random.nextBoolean()
                    ? Result.ok(r.ok().map(this::value).orElse(null))
                    : Result.err(r.error().map(this::value).orElse(null));
            case ValueType.Enum e -> e.labels().get(random.nextInt(e.labels().size()));
            case ValueType.Flags f -> {
                Set<String> set = new LinkedHashSet<>(f.labels());
                set.removeIf(label -> random.nextBoolean());
                yield set;
            }
            case ValueType.ListOf(var element) when element == Primitive.U8 -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case ValueType.ListOf l -> list(l.element(), random.nextInt(5));
            case ValueType.FixedList l -> list(l.element(), l.length());
            case ValueType.MapOf m -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(value(m.key()), value(m.value()));
                }
                yield map;
            }
            case ValueType.Own o -> new Object();
            case ValueType.Borrow b -> new Object();
            case ValueType.Stream s -> throw new AssertionError();
            case ValueType.Future f -> throw new AssertionError();
        };
    }

    private List<Object> list(ValueType element, int size) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(value(element));
        }
        return list;
    }

    private Object primitive(Primitive type) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case S8, U8 -> (byte) random.nextInt();
            case S16, U16 -> (short) random.nextInt();
            case S32, U32 -> random.nextInt();
            case S64, U64 -> random.nextLong();
            case F32 -> random.nextInt(8) == 0 ? Float.NaN : Float.valueOf(random.nextFloat());
            case F64 -> random.nextInt(8) == 0 ? Double.NaN : Double.valueOf(random.nextDouble());
            case CHAR -> codePoint();
            case STRING -> string();
            case ERROR_CONTEXT -> throw new AssertionError();
        };
    }

    private int codePoint() {
        int bound = switch (random.nextInt(4)) {
            case 0 -> 0x80;
            case 1 -> 0x100;
            case 2 -> 0x10000;
            default -> 0x110000;
        };
        int point = random.nextInt(bound);
        return point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point;
    }

    String string() {
        StringBuilder text = new StringBuilder();
        int bound = List.of(0x80, 0x100, 0x110000).get(random.nextInt(3));
        for (int i = random.nextInt(30); i > 0; i--) {
            int point = random.nextInt(bound);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point);
        }
        return text.toString();
    }
}
