package dev.virga.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final int RUNS = Integer.getInteger("virga.fuzz.mutations", 3000);
    private static final int MOST = 1 << 20;

    /** Counts what is held, and refuses more than so much. */
    private record Counting(AtomicLong held, long most) implements Limiter {
        @Override
        public boolean reserve(long bytes) {
            if (held.addAndGet(bytes) > most) {
                held.addAndGet(-bytes);
                return false;
            }
            return true;
        }

        @Override
        public void release(long bytes) {
            held.addAndGet(-bytes);
        }
    }

    private static FunctionType returning(ValueType type) {
        return new FunctionType(List.of(), Optional.of(type), false);
    }

    private static String hex(ValueType type, Object value) {
        return HexFormat.of().formatHex(new LinkFunction(returning(type)).encodeResult(value, MOST));
    }

    private static Object read(ValueType type, String hex) {
        return new LinkFunction(returning(type)).decodeResult(HexFormat.of().parseHex(hex), Limiter.UNLIMITED);
    }

    private static void assertMalformed(String text, ValueType type, String hex) {
        LinkException e = assertThrows(LinkException.class, () -> read(type, hex), hex);
        assertEquals(LinkException.Kind.MALFORMED, e.kind());
        assertTrue(e.getMessage().contains(text), e.getMessage());
    }

    @Test
    void valuesAreEncodedAsTheComponentModelSays() {
        assertEquals("01", hex(Primitive.BOOL, true));
        assertEquals("ff", hex(Primitive.U8, (byte) 255));
        assertEquals("ffff03", hex(Primitive.U16, (short) 65535));
        assertEquals("7f", hex(Primitive.S16, (short) -1));
        assertEquals("80807e", hex(Primitive.S16, (short) -32768));
        assertEquals("e58e26", hex(Primitive.U32, 624485));
        assertEquals("c0bb78", hex(Primitive.S32, -123456));
        assertEquals("ffffffffffffffffff01", hex(Primitive.U64, -1L));
        assertEquals("8080808080808080807f", hex(Primitive.S64, Long.MIN_VALUE));
        assertEquals("0000c03f", hex(Primitive.F32, 1.5f));
        assertEquals("000000000000f87f", hex(Primitive.F64, Double.longBitsToDouble(0x7ff0000000000001L)));
        assertEquals("e282ac", hex(Primitive.CHAR, 0x20ac));
        assertEquals("03e282ac", hex(Primitive.STRING, "€"));
        assertEquals("020102", hex(new ValueType.ListOf(Primitive.U8), new byte[] {1, 2}));
        assertEquals("0201ac02", hex(new ValueType.ListOf(Primitive.U16), List.of((short) 1, (short) 300)));
        assertEquals("0105", hex(new ValueType.Option(Primitive.U8), Optional.of((byte) 5)));
        assertEquals("00", hex(new ValueType.Option(Primitive.U8), Optional.empty()));
        assertEquals("01", hex(new ValueType.Result(Optional.of(Primitive.U8), Optional.empty()), Result.err()));
        assertEquals("0107", hex(new ValueType.Tuple(List.of(Primitive.BOOL, Primitive.U8)), Tuple.of(true, (byte) 7)));
        assertEquals("0101610a", hex(new ValueType.MapOf(Primitive.STRING, Primitive.U8), Map.of("a", (byte) 10)));
        ValueType nine = new ValueType.Flags(IntStream.range(0, 9).mapToObj(i -> "f" + i).toList());
        assertEquals("0101", hex(nine, Set.of("f0", "f8")));
        ValueType many = new ValueType.Enum(IntStream.range(0, 200).mapToObj(i -> "e" + i).toList());
        assertEquals("8001", hex(many, "e128"));
        assertEquals("", HexFormat.of().formatHex(
                new LinkFunction(new FunctionType(List.of(), Optional.empty(), false)).encodeResult(null, MOST)));
    }

    @Test
    void valuesOfAllTypesComeBack() {
        for (int seed = 0; seed < RUNS; seed++) {
            RandomTypes random = new RandomTypes(seed);
            ValueType type = random.type(seed % 5);
            LinkFunction function = new LinkFunction(returning(type));
            byte[] sent = function.encodeResult(random.value(type), MOST);
            Counting limiter = new Counting(new AtomicLong(), Long.MAX_VALUE);
            Object read = function.decodeResult(sent, limiter);
            assertArrayEquals(sent, function.encodeResult(read, MOST), "seed " + seed + ": " + type);
            assertEquals(0, limiter.held().get());
        }
    }

    @Test
    void noBytesDoHarm() {
        Random random = new Random(7);
        int read = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            RandomTypes types = new RandomTypes(seed);
            ValueType type = types.type(1 + seed % 4);
            LinkFunction function = new LinkFunction(returning(type));
            byte[] bytes = function.encodeResult(types.value(type), MOST);
            for (int i = 0; i < 20; i++) {
                byte[] broken = broken(bytes, random);
                Counting limiter = new Counting(new AtomicLong(), 16 << 20);
                try {
                    Object value = function.decodeResult(broken, limiter);
                    byte[] again = function.encodeResult(value, MOST);
                    assertEquals(broken.length, again.length, "there is one way to write a value; seed " + seed);
                    read++;
                } catch (LinkException e) {
                    assertNotEquals(LinkException.Kind.TYPE, e.kind());
                }
                assertEquals(0, limiter.held().get());
            }
        }
        assertTrue(read > RUNS / 10);
    }

    private static byte[] broken(byte[] bytes, Random random) {
        byte[] broken = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(64) : bytes.length);
        for (int changes = random.nextInt(4); changes > 0 && broken.length > 0; changes--) {
            broken[random.nextInt(broken.length)] =
                    random.nextBoolean() ? (byte) random.nextInt() : (byte) (random.nextBoolean() ? 0xff : 0x80);
        }
        return broken;
    }

    @Test
    void whatIsNoValueIsRefused() {
        assertMalformed("no case 2", Primitive.BOOL, "02");
        assertMalformed("16 bits", Primitive.U16, "ffff07");
        assertMalformed("16 bits", Primitive.S16, "808002");
        assertMalformed("more bytes than it needs", Primitive.U32, "8000");
        assertMalformed("more bytes than it needs", Primitive.S32, "ff7f");
        assertMalformed("64 bits", Primitive.U64, "ffffffffffffffffff02");
        assertMalformed("ends within", Primitive.F64, "00000000");
        assertMalformed("UTF-8", Primitive.STRING, "01ff");
        assertMalformed("UTF-8", Primitive.CHAR, "eda080"); // a surrogate
        assertMalformed("does not fit", Primitive.STRING, "ffffffff0f");
        assertMalformed("does not fit", new ValueType.ListOf(Primitive.F64), "02" + "00".repeat(15));
        assertMalformed("no case 3", new ValueType.Enum(List.of("a", "b", "c")), "03");
        assertMalformed("do not exist", new ValueType.Flags(List.of("a")), "02");
        assertMalformed("twice", new ValueType.MapOf(Primitive.U8, Primitive.U8), "0201010102");
        assertMalformed("1 bytes follow", Primitive.U8, "0000");
        assertMalformed("ends within", new ValueType.FixedList(Primitive.U8, -1), "00");
    }

    @Test
    void whatIsMadeOfAMessageIsCharged() {
        ValueType type = Primitive.U8;
        for (int i = 0; i < 90; i++) {
            type = new ValueType.Tuple(List.of(type));
        }
        LinkFunction function = new LinkFunction(returning(new ValueType.ListOf(type)));
        byte[] bytes = new byte[3 + 100_000];
        byte[] count = HexFormat.of().parseHex("a08d06");
        System.arraycopy(count, 0, bytes, 0, 3);
        Counting limiter = new Counting(new AtomicLong(), 64 << 20);
        LinkException e = assertThrows(LinkException.class, () -> function.decodeResult(bytes, limiter));
        assertEquals(LinkException.Kind.TOO_LARGE, e.kind());
        assertEquals(0, limiter.held().get());
    }

    @Test
    void argumentsAreChargedForUntilTheyAreClosed() {
        FunctionType type = new FunctionType(
                List.of(new FunctionType.Param("a", Primitive.STRING), new FunctionType.Param("b", Primitive.U8)),
                Optional.empty(),
                false);
        LinkFunction function = new LinkFunction(type);
        byte[] bytes = function.encodeArguments(new Object[] {"text", (byte) 1}, MOST);
        Counting limiter = new Counting(new AtomicLong(), MOST);
        try (Arguments arguments = function.decodeArguments(bytes, limiter)) {
            assertArrayEquals(new Object[] {"text", (byte) 1}, arguments.values());
            assertTrue(limiter.held().get() > 0);
        }
        assertEquals(0, limiter.held().get());
        assertThrows(LinkException.class, () -> function.decodeArguments(new byte[] {1}, limiter));
        assertEquals(0, limiter.held().get());
    }

    @Test
    void moreBytesThanAMessageHoldsAreRefused() {
        LinkFunction function = new LinkFunction(returning(Primitive.STRING));
        assertEquals(101, function.encodeResult("a".repeat(100), 101).length);
        LinkException e = assertThrows(LinkException.class, () -> function.encodeResult("a".repeat(100), 100));
        assertEquals(LinkException.Kind.TOO_LARGE, e.kind());
    }

    @Test
    void typesWithoutValuesOutsideAreRefusedByName() {
        ResourceType bucket = new ResourceType("bucket");
        Map<String, ValueType> types = Map.of(
                "own<bucket>", new ValueType.Own(bucket),
                "borrow<bucket>", new ValueType.Borrow(bucket),
                "stream", new ValueType.Stream(Optional.of(Primitive.U8)),
                "future", new ValueType.Future(Optional.empty()),
                "error-context", Primitive.ERROR_CONTEXT);
        types.forEach((name, type) -> {
            FunctionType function = returning(new ValueType.ListOf(new ValueType.Option(type)));
            LinkException e = assertThrows(LinkException.class, () -> new LinkFunction(function));
            assertEquals(LinkException.Kind.TYPE, e.kind());
            assertTrue(e.getMessage().contains("type " + name + " "), e.getMessage());
        });
        ValueType deep = Primitive.U8;
        for (int i = 0; i < 150; i++) {
            deep = new ValueType.Option(deep);
        }
        ValueType tooDeep = deep;
        assertThrows(LinkException.class, () -> new LinkFunction(returning(tooDeep)));
    }

    @Test
    void typesThatShareTheirPartsAreLookedAtOnce() {
        ValueType type = Primitive.U8;
        for (int i = 0; i < 60; i++) {
            type = new ValueType.Variant(List.of(
                    new ValueType.Case("a", Optional.of(type)), new ValueType.Case("b", Optional.of(type))));
        }
        LinkFunction function = new LinkFunction(returning(type));
        Object value = (byte) 1;
        for (int i = 0; i < 60; i++) {
            value = new VariantValue("b", Optional.of(value));
        }
        byte[] bytes = function.encodeResult(value, MOST);
        assertEquals(value, function.decodeResult(bytes, Limiter.UNLIMITED));
    }

    @Test
    void fingerprintsTellTypesApart() {
        ValueType point = new ValueType.Record(
                List.of(new ValueType.Field("x", Primitive.U8), new ValueType.Field("y", Primitive.U8)));
        ValueType other = new ValueType.Record(
                List.of(new ValueType.Field("x", Primitive.U8), new ValueType.Field("z", Primitive.U8)));
        FunctionType a = new FunctionType(List.of(new FunctionType.Param("p", point)), Optional.empty(), false);
        FunctionType renamed = new FunctionType(List.of(new FunctionType.Param("q", point)), Optional.empty(), false);
        FunctionType b = new FunctionType(List.of(new FunctionType.Param("p", other)), Optional.empty(), false);
        FunctionType result = new FunctionType(List.of(), Optional.of(point), false);
        assertEquals(new LinkFunction(a).fingerprint(), new LinkFunction(renamed).fingerprint());
        assertEquals(3, Set.of(
                        new LinkFunction(a).fingerprint(),
                        new LinkFunction(b).fingerprint(),
                        new LinkFunction(result).fingerprint())
                .size());
    }
}
