package dev.virga.component.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Trap;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that a guest must not pass, and values that look wrong but are right. */
class MalformedValuesTest {

    private final GuestMemory guest = new GuestMemory(StringEncoding.UTF8, 1 << 16);

    @AfterEach
    void free() {
        guest.close();
    }

    private Object lift(ValueType type, long... flat) {
        return Codec.of(type, Object.class).liftFlat(new Lift(guest), flat, 0);
    }

    private void assertTrap(String message, ValueType type, long... flat) {
        for (Codec codec : List.of(Codec.of(type, Object.class), Codec.passing(type))) {
            Trap trap = assertThrows(Trap.class, () -> codec.liftFlat(new Lift(guest), flat, 0));
            assertTrue(trap.getMessage().contains(message), trap.getMessage());
            assertEquals(Trap.Kind.CANONICAL_ABI, trap.kind());
        }
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
    }

    @Test
    void invalidDiscriminantsTrapFlatAndInMemory() {
        ValueType option = new ValueType.Option(Primitive.U8);
        ValueType result = new ValueType.Result(Optional.empty(), Optional.empty());
        ValueType variant = new ValueType.Variant(List.of(new ValueType.Case("only", Optional.of(Primitive.U64))));
        ValueType enumeration = new ValueType.Enum(labels(3));
        for (long wrong : new long[] {3, 255, 256, Integer.MAX_VALUE, 0x80000000L, 0xFFFFFFFFL}) {
            for (ValueType type : List.of(option, result, variant, enumeration)) {
                assertTrap("discriminant", type, wrong, 0);
            }
        }
        guest.memory().set(LittleEndian.BYTE, 100, (byte) 0xFF);
        for (ValueType type : List.of(option, result, enumeration)) {
            Trap trap = assertThrows(Trap.class, () -> Codec.passing(type).load(new Lift(guest), 100));
            assertTrue(trap.getMessage().contains("255 of"), trap.getMessage());
        }
    }

    @Test
    void onlyUnicodeScalarValuesAreChars() {
        for (int valid : new int[] {0, 0xD7FF, 0xE000, 0x10FFFF}) {
            assertEquals(valid, lift(Primitive.CHAR, valid));
            assertEquals(valid, Scalars.liftChar(valid));
        }
        for (int invalid : new int[] {0xD800, 0xDFFF, 0x110000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertTrap("invalid `char`", Primitive.CHAR, invalid);
            assertThrows(Trap.class, () -> Scalars.liftChar(invalid));
            assertThrows(IllegalArgumentException.class, () -> Scalars.lowerChar(invalid));
        }
    }

    @Test
    void narrowNumbersDropTheBitsAbove() {
        assertEquals((byte) 0xFE, lift(Primitive.U8, 0xABCDEFFEL));
        assertEquals((byte) -2, lift(Primitive.S8, 0xABCDEFFEL));
        assertEquals((short) 0xEFFE, lift(Primitive.U16, 0xABCDEFFEL));
        assertEquals((short) 0xEFFE, lift(Primitive.S16, 0xABCDEFFEL));
        assertEquals(0xABCDEFFE, lift(Primitive.U32, 0x12345678ABCDEFFEL));
        assertEquals(true, lift(Primitive.BOOL, 0xFF00));
        assertEquals(false, lift(Primitive.BOOL, 0));
        guest.memory().set(LittleEndian.BYTE, 8, (byte) 2);
        assertEquals(true, Codec.of(Primitive.BOOL, boolean.class).load(new Lift(guest), 8));
    }

    @Test
    void bitsWithoutAFlagAreIgnored() {
        assertEquals(Set.of("l1"), lift(new ValueType.Flags(labels(2)), 0xFFFFFFFEL));
        assertEquals(32, ((Set<?>) lift(new ValueType.Flags(labels(32)), 0xFFFFFFFFL)).size());
        assertEquals(2, Codec.passing(new ValueType.Flags(labels(2))).liftFlat(new Lift(guest), new long[] {-2}, 0));
    }

    @Test
    void nansBecomeTheCanonicalOne() {
        int payload = 0x7FA00001;
        assertEquals(0x7FC00000, Float.floatToRawIntBits((float) lift(Primitive.F32, payload)));
        assertEquals(0x7FF8000000000000L,
                Double.doubleToRawLongBits((double) lift(Primitive.F64, 0xFFF0000000000001L)));
        assertEquals(0x7FC00000, Float.floatToRawIntBits(Scalars.liftF32(Float.intBitsToFloat(-1))));
        guest.memory().set(LittleEndian.INT, 64, payload);
        guest.memory().set(LittleEndian.INT, 68, 0x3FC00000);
        float[] floats = (float[]) Codec.of(new ValueType.ListOf(Primitive.F32), float[].class)
                .liftFlat(new Lift(guest), new long[] {64, 2}, 0);
        assertEquals(0x7FC00000, Float.floatToRawIntBits(floats[0]));
        assertEquals(1.5f, floats[1]);
    }

    @Test
    void aVariantKeepsOnlyTheBitsOfItsCase() {
        ValueType type = new ValueType.Variant(List.of(
                new ValueType.Case("f", Optional.of(Primitive.F32)),
                new ValueType.Case("n", Optional.of(Primitive.S8)),
                new ValueType.Case("l", Optional.of(Primitive.U64))));
        Codec codec = Codec.of(type, Object.class);
        long[] flat = {0, 0xFFFFFFFF40490FDBL};
        Object value = codec.liftFlat(new Lift(guest), flat, 0);
        codec.lowerFlat(new Lower(guest), value, flat, 0);
        assertEquals(0x40490FDBL, flat[1], "the upper half is zero");
        codec.lowerFlat(new Lower(guest), codec.liftFlat(new Lift(guest), new long[] {1, 0xFF}, 0), flat, 0);
        assertEquals(0xFFFFFFFFL, flat[1], "a negative s8 is an i32, extended with zeros");
    }

    @Test
    void listsOutOfBoundsOrUnalignedTrap() {
        ValueType u32s = new ValueType.ListOf(Primitive.U32);
        ValueType strings = new ValueType.ListOf(Primitive.STRING);
        for (ValueType type : List.of(u32s, strings)) {
            assertTrap("unaligned pointer", type, 2, 0);
            assertTrap("unaligned pointer", type, 0xFFFFFFFFL, 1);
            assertTrap("out of bounds", type, 0xFFFFFFFCL, 0);
            assertTrap("out of bounds", type, 0xFFFFFFFCL, 2);
            assertTrap("out of bounds", type, 1 << 16, 1);
            assertTrap("out of bounds", type, (1 << 16) - 4, 2);
            assertTrap("more than a list may have", type, 0, 1 << 26);
            assertTrap("more than a list may have", type, 0, 0xFFFFFFFFL);
            assertTrap("more than a list may have", type, 0, 0x40000001L);
        }
        assertEquals(List.of(), lift(strings, 1 << 16, 0), "an empty list may lie at the very end");
        assertTrap("out of bounds", new ValueType.ListOf(Primitive.U8), (1 << 16) + 1, 0);
    }

    @Test
    void overlappingListsCannotMakeTheHostHoldMoreThanTheLimit() {
        // 4096 lists that are all the same 28 KiB: 112 MiB of Java heap out of one page of a guest.
        ValueType type = new ValueType.ListOf(new ValueType.ListOf(Primitive.U8));
        for (int i = 0; i < 4096; i++) {
            guest.memory().set(LittleEndian.INT, i * 8L, 0);
            guest.memory().set(LittleEndian.INT, i * 8L + 4, 28 << 10);
        }
        guest.liftLimit = 10 << 20;
        assertTrap("host memory", type, 0, 4096);
        assertEquals(100, ((List<?>) lift(type, 0, 100)).size());
        ValueType strings = new ValueType.ListOf(Primitive.STRING);
        assertTrap("host memory", strings, 0, 4096);
    }

    @Test
    void anElementThatIsLargerInJavaThanInTheGuestIsChargedAsSuch() {
        guest.liftLimit = 1 << 19;
        ValueType pairs = new ValueType.ListOf(new ValueType.Tuple(List.of(Primitive.U8, Primitive.U16)));
        assertTrap("host memory", pairs, 0, 1 << 14);
        ValueType nested = new ValueType.ListOf(new ValueType.FixedList(new ValueType.Option(Primitive.U8), 8));
        assertTrap("host memory", nested, 0, 1 << 12);
    }

    @Test
    void reallocCannotPlaceListsOutsideOfMemory() {
        Codec codec = Codec.of(new ValueType.ListOf(Primitive.U32), Object.class);
        for (Object list : List.of(List.of(1, 2), List.of())) {
            guest.allocator = request -> -4;
            assertLowerTraps("beyond end of memory", codec, list);
            guest.allocator = request -> -1;
            assertLowerTraps("not aligned", codec, list);
            guest.allocator = request -> (1 << 16) + 4;
            assertLowerTraps("beyond end of memory", codec, list);
        }
        guest.allocator = request -> (1 << 16) - 4;
        assertLowerTraps("beyond end of memory", codec, List.of(1, 2));
    }

    private void assertLowerTraps(String message, Codec codec, Object value) {
        Trap trap = assertThrows(Trap.class, () -> codec.lowerFlat(new Lower(guest), value, new long[2], 0));
        assertTrue(trap.getMessage().contains(message), trap.getMessage());
    }

    @Test
    void anEmptyListIsAllocatedToo() {
        Codec.of(new ValueType.ListOf(Primitive.U64), Object.class)
                .lowerFlat(new Lower(guest), List.of(), new long[2], 0);
        assertEquals(List.of(new GuestMemory.Realloc(0, 0, 8, 0)), guest.reallocs);
    }

    @Test
    void memoryThatGrowsDuringReallocIsUsedAtItsNewPlace() {
        try (GuestMemory small = new GuestMemory(StringEncoding.UTF8, 64)) {
            ValueType type = new ValueType.ListOf(new ValueType.Result(
                    Optional.of(Primitive.STRING), Optional.of(new ValueType.ListOf(Primitive.STRING))));
            Object value = Collections.nCopies(50, Result.err(List.of("some text", "and more of it")));
            Codec codec = Codec.of(type, Object.class);
            long[] flat = new long[2];
            codec.lowerFlat(new Lower(small), value, flat, 0);
            assertTrue(small.memory().byteSize() > 64);
            assertEquals(value, codec.liftFlat(new Lift(small), flat, 0));
        }
    }

    /** Whatever the bits, lifting ends with a value or a trap. */
    @Test
    void randomBitsNeverFailInAnotherWay() {
        Random random = new Random(11);
        byte[] noise = new byte[1 << 16];
        int values = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i % 100 == 0) {
                random.nextBytes(noise);
                guest.memory().copyFrom(java.lang.foreign.MemorySegment.ofArray(noise));
                // Small numbers make pointers and lengths that are in bounds now and then.
                for (int j = 0; j < 1 << 14; j++) {
                    guest.memory().set(LittleEndian.INT, 4L * random.nextInt(1 << 14), random.nextInt(8) * 4);
                }
            }
            ValueType type = new RandomValues(random).type(3);
            Codec codec = random.nextBoolean() ? Codec.of(type, Object.class) : Codec.passing(type);
            guest.liftLimit = 1 << 20;
            try {
                int room = (1 << 16) - codec.layout().size();
                long pointer = random.nextInt(room) & -codec.layout().alignment();
                codec.load(new Lift(guest), pointer);
                values++;
            } catch (Trap expected) {
                assertEquals(Trap.Kind.CANONICAL_ABI, expected.kind());
            }
        }
        assertTrue(values > 1000, "some of it is valid: " + values);
    }
}
