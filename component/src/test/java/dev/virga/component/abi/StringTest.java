package dev.virga.component.abi;

import static dev.virga.component.binary.CanonDef.StringEncoding.LATIN1_UTF16;
import static dev.virga.component.binary.CanonDef.StringEncoding.UTF16;
import static dev.virga.component.binary.CanonDef.StringEncoding.UTF8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.engine.Trap;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Strings in the three encodings, and what guests see of their allocation. */
class StringTest {

    private static final int TAG = 1 << 31;

    /** A string's bytes at address 64. */
    private static GuestMemory guest(StringEncoding encoding, byte... bytes) {
        GuestMemory guest = new GuestMemory(encoding, 1 << 12);
        MemorySegment.copy(bytes, 0, guest.memory(), LittleEndian.BYTE, 64, bytes.length);
        return guest;
    }

    private static byte[] bytes(String hex) {
        return java.util.HexFormat.of().parseHex(hex);
    }

    /** The calls of realloc as old pointer, old size, alignment and new size. */
    private static String reallocs(GuestMemory guest) {
        return guest.reallocs.stream()
                .map(r -> r.oldPointer() + " " + r.oldSize() + " " + r.alignment() + " " + r.newSize())
                .collect(Collectors.joining("; "));
    }

    // In the tables: the source as "-" for UTF-8, "=" for UTF-16, "c" for compact, "w" for tagged wide.
    @ParameterizedTest
    @CsvSource({
        "UTF8, -, hi, 0 0 1 2",
        "UTF8, -, hü, 0 0 1 3",
        "UTF8, =, hi, 0 0 1 2",
        "UTF8, =, hü, 0 0 1 2; 16 2 1 6; 18 6 1 3",
        "UTF8, =, 日本, 0 0 1 2; 16 2 1 6",
        "UTF8, c, hi, 0 0 1 2",
        "UTF8, c, hü, 0 0 1 2; 16 2 1 4; 18 4 1 3",
        "UTF8, c, üü, 0 0 1 2; 16 2 1 4",
        "UTF8, w, hü, 0 0 1 2; 16 2 1 6; 18 6 1 3",
        "UTF16, -, hi, 0 0 2 4",
        "UTF16, -, hü, 0 0 2 6; 16 6 2 4",
        "UTF16, =, hü, 0 0 2 4",
        "UTF16, c, hü, 0 0 2 4",
        "UTF16, w, h日, 0 0 2 4",
        "LATIN1_UTF16, -, hi, 0 0 2 2",
        "LATIN1_UTF16, -, hü, 0 0 2 3; 16 3 2 2",
        "LATIN1_UTF16, -, h日, 0 0 2 4; 16 4 2 8; 20 8 2 4",
        "LATIN1_UTF16, =, hü, 0 0 2 2",
        "LATIN1_UTF16, =, h日, 0 0 2 2; 16 2 2 4",
        "LATIN1_UTF16, c, hü, 0 0 2 2",
        "LATIN1_UTF16, w, hü, 0 0 2 4; 16 4 2 2",
        "LATIN1_UTF16, w, h日, 0 0 2 4",
        "UTF8, =, '', 0 0 1 0",
        "LATIN1_UTF16, -, '', 0 0 2 0"
    })
    void aStringFromAnotherComponentIsAllocatedAsItsOriginalEncodingHints(
            StringEncoding to, char from, String text, String expected) {
        StringEncoding source = from == '-' ? UTF8 : from == '=' ? UTF16 : LATIN1_UTF16;
        int units = from == '-' ? text.getBytes(StandardCharsets.UTF_8).length : text.length();
        HintedString hinted = new HintedString(text, source, from == 'c', units);
        try (GuestMemory guest = new GuestMemory(to, 256)) {
            long range = PassingStringCodec.STRING.lower(new Lower(guest), hinted);
            assertEquals(expected, reallocs(guest));
            assertEquals(text, StringLift.lift(new Lift(guest), (int) (range >>> 32), (int) range));
            boolean wide = to == LATIN1_UTF16 && text.chars().anyMatch(c -> c > 0xFF);
            assertEquals(wide, to == LATIN1_UTF16 && (int) range < 0);
        }
    }

    @ParameterizedTest
    @EnumSource(StringEncoding.class)
    void aStringOfTheHostTakesOneAllocation(StringEncoding encoding) {
        for (String text : List.of("", "hi", "hü", "日本\uD83C\uDF70", "?")) {
            try (GuestMemory guest = new GuestMemory(encoding, 256)) {
                long range = StringCodec.STRING.lower(new Lower(guest), text);
                assertEquals(1, guest.reallocs.size());
                assertEquals(text, StringLift.lift(new Lift(guest), (int) (range >>> 32), (int) range));
            }
        }
    }

    @Test
    void randomStringsPassBetweenAllEncodings() {
        Random random = new Random(7);
        RandomValues values = new RandomValues(random);
        for (int i = 0; i < 3000; i++) {
            StringEncoding from = StringEncoding.values()[random.nextInt(3)];
            StringEncoding to = StringEncoding.values()[random.nextInt(3)];
            String text = values.string();
            try (GuestMemory a = new GuestMemory(from, 64); GuestMemory b = new GuestMemory(to, 64)) {
                long range = StringCodec.STRING.lower(new Lower(a), text);
                Object passing = PassingStringCodec.STRING.lift(new Lift(a), (int) (range >>> 32), (int) range);
                long passed = PassingStringCodec.STRING.lower(new Lower(b), passing);
                assertEquals(text, StringCodec.STRING.lift(new Lift(b), (int) (passed >>> 32), (int) passed));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ff, invalid utf-8", "c3, incomplete utf-8", "61e298, incomplete utf-8", "c080, invalid utf-8",
        "eda080, invalid utf-8", "f4908080, invalid utf-8", "80, invalid utf-8", "e28261, invalid utf-8",
        "efbfbdff, invalid utf-8", "f8888080, invalid utf-8", "61c361, invalid utf-8"
    })
    void malformedUtf8Traps(String hex, String message) {
        byte[] bytes = bytes(hex);
        assertTrap(message, guest(UTF8, bytes), 64, bytes.length);
    }

    @Test
    void aReplacementCharacterInTheSourceIsNoError() {
        byte[] bytes = "x\uFFFDy".getBytes(StandardCharsets.UTF_8);
        try (GuestMemory guest = guest(UTF8, bytes)) {
            assertEquals("x\uFFFDy", StringLift.lift(new Lift(guest), 64, bytes.length));
        }
    }

    @ParameterizedTest
    @CsvSource({"00d8", "00dc", "00d86100", "00dc00d8", "3cd83cd870df", "610000d8"})
    void unpairedSurrogatesTrap(String hex) {
        byte[] bytes = bytes(hex);
        assertTrap("surrogate", guest(UTF16, bytes), 64, bytes.length / 2);
        assertTrap("surrogate", guest(LATIN1_UTF16, bytes), 64, bytes.length / 2 | TAG);
    }

    @Test
    void unalignedPointersTrapEvenForEmptyStrings() {
        assertTrap("unaligned pointer", guest(UTF16), 65, 0);
        assertTrap("unaligned pointer", guest(LATIN1_UTF16), 65, 0);
        assertTrap("unaligned pointer", guest(LATIN1_UTF16), 65, TAG);
    }

    @Test
    void pointersOutOfBoundsTrapEvenForEmptyStrings() {
        for (StringEncoding encoding : StringEncoding.values()) {
            assertTrap("out of bounds", guest(encoding), 0xDEADBEE0, 0);
            assertTrap("out of bounds", guest(encoding), 4096, 1);
            assertTrap("out of bounds", guest(encoding), 4094, 3);
            assertTrap("out of bounds", guest(encoding), 4098, 0);
            assertTrap("out of bounds", guest(encoding), -2, 2);
            assertTrap("out of bounds", guest(encoding), 2, (1 << 27) - 1);
        }
    }

    @Test
    void lengthsBeyondTheLimitTrapBeforeAnythingIsAllocated() {
        assertTrap("more than a string may have", guest(UTF8), 0, 1 << 28);
        assertTrap("more than a string may have", guest(UTF8), 0, -1);
        assertTrap("more than a string may have", guest(UTF16), 0, 1 << 27);
        assertTrap("more than a string may have", guest(UTF16), 0, -1);
        assertTrap("more than a string may have", guest(LATIN1_UTF16), 0, 1 << 27 | TAG);
        assertTrap("more than a string may have", guest(LATIN1_UTF16), 0, -1);
        assertTrap("more than a string may have", guest(LATIN1_UTF16), 0, Integer.MAX_VALUE);
    }

    /** Realloc is hostile at its n-th call; each call of the longest dances is tried. */
    @Test
    void hostilePointersFromReallocTrapAtEveryStep() {
        List<HintedString> strings = List.of(
                new HintedString("hü", UTF16, false, 2),
                new HintedString("h日", UTF8, false, 4),
                new HintedString("hü", UTF8, false, 3),
                new HintedString("hü", LATIN1_UTF16, false, 2),
                new HintedString("hi", UTF8, false, 2));
        for (HintedString text : strings) {
            for (StringEncoding to : StringEncoding.values()) {
                for (int step = 0; step < 3; step++) {
                    assertHostile(text, to, step, -2, "out of bounds");
                    assertHostile(text, to, step, 256, "out of bounds");
                    if (to != UTF8) {
                        assertHostile(text, to, step, 17, "unaligned pointer");
                    }
                }
            }
        }
    }

    private static void assertHostile(HintedString text, StringEncoding to, int step, int answer, String message) {
        try (GuestMemory guest = new GuestMemory(to, 256)) {
            guest.allocator = r -> guest.reallocs.size() - 1 == step ? answer : 32;
            try {
                PassingStringCodec.STRING.lower(new Lower(guest), text);
                assertTrue(guest.reallocs.size() <= step, "not seen");
            } catch (Trap trap) {
                assertTrue(trap.getMessage().contains(message), trap.getMessage());
            }
        }
    }

    private static void assertTrap(String message, GuestMemory guest, int pointer, int length) {
        try (guest) {
            Trap trap = assertThrows(Trap.class, () -> StringLift.lift(new Lift(guest), pointer, length));
            assertTrue(trap.getMessage().contains(message), trap.getMessage());
            assertEquals(Trap.Kind.CANONICAL_ABI, trap.kind());
        }
    }
}
