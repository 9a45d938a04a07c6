package dev.virga.component.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.virga.component.ComponentException;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sizes, alignments and flat types, against tables worked out by hand from the specification. */
class LayoutTest {

    private static ValueType tuple(ValueType... types) {
        return new ValueType.Tuple(List.of(types));
    }

    private static ValueType variant(Object... payloads) {
        return new ValueType.Variant(IntStream.range(0, payloads.length)
                .mapToObj(i -> new ValueType.Case(
                        "c" + i, payloads[i] instanceof ValueType type ? Optional.of(type) : Optional.empty()))
                .toList());
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
    }

    private static void assertLayout(int size, int alignment, String flat, ValueType type) {
        Layout layout = new Layouts().of(type);
        assertEquals(size, layout.size(), () -> "size of " + type);
        assertEquals(alignment, layout.alignment(), () -> "alignment of " + type);
        assertEquals(flat, layout.spilled() ? "memory" : layout.flat().toString(), () -> "flat types of " + type);
        assertEquals(layout, Codec.passing(type).layout());
        assertEquals(layout, Codec.of(type, Object.class).layout());
    }

    @Test
    void scalars() {
        assertLayout(1, 1, "[i32]", Primitive.BOOL);
        assertLayout(1, 1, "[i32]", Primitive.S8);
        assertLayout(2, 2, "[i32]", Primitive.U16);
        assertLayout(4, 4, "[i32]", Primitive.S32);
        assertLayout(8, 8, "[i64]", Primitive.U64);
        assertLayout(4, 4, "[f32]", Primitive.F32);
        assertLayout(8, 8, "[f64]", Primitive.F64);
        assertLayout(4, 4, "[i32]", Primitive.CHAR);
        assertLayout(8, 4, "[i32, i32]", Primitive.STRING);
        assertLayout(4, 4, "[i32]", new ValueType.Own(new ResourceType("r")));
    }

    @Test
    void recordsKeepTheOrderOfTheirFieldsAndPad() {
        assertLayout(24, 8, "[i32, i64, i32]", tuple(Primitive.U8, Primitive.U64, Primitive.U8));
        assertLayout(6, 2, "[i32, i32, i32]", tuple(Primitive.U8, Primitive.U16, Primitive.U8));
        assertLayout(12, 4, "[i32, i32, i32]", tuple(Primitive.U16, Primitive.STRING));
        assertLayout(6, 2, "[i32, i32, i32]", tuple(tuple(Primitive.U16, Primitive.U8), tuple(Primitive.U16)));
    }

    @Test
    void variantsJoinTheFlatTypesOfTheirCases() {
        assertLayout(1, 1, "[i32]", variant((Object) null, null));
        assertLayout(8, 4, "[i32, i32]", variant(Primitive.F32, Primitive.U32));
        assertLayout(8, 4, "[i32, f32]", variant(Primitive.F32, null));
        assertLayout(16, 8, "[i32, i64]", variant(Primitive.F64, Primitive.F32));
        assertLayout(16, 8, "[i32, i64, i32]", variant(Primitive.U64, Primitive.STRING));
        assertLayout(24, 8, "[i32, i64, f64]", variant(Primitive.F32, tuple(Primitive.U64, Primitive.F64)));
        assertLayout(2, 1, "[i32, i32]", new ValueType.Option(Primitive.U8));
        assertLayout(12, 4, "[i32, i32, i32]",
                new ValueType.Result(Optional.of(Primitive.STRING), Optional.of(Primitive.U8)));
        assertLayout(1, 1, "[i32]", new ValueType.Result(Optional.empty(), Optional.empty()));
    }

    @Test
    void discriminantsTakeOneTwoOrFourBytes() {
        assertLayout(1, 1, "[i32]", new ValueType.Enum(labels(256)));
        assertLayout(2, 2, "[i32]", new ValueType.Enum(labels(257)));
        assertLayout(2, 2, "[i32]", new ValueType.Enum(labels(65536)));
        assertLayout(4, 4, "[i32]", new ValueType.Enum(labels(65537)));
    }

    @Test
    void flagsTakeOneTwoOrFourBytes() {
        assertLayout(1, 1, "[i32]", new ValueType.Flags(labels(8)));
        assertLayout(2, 2, "[i32]", new ValueType.Flags(labels(9)));
        assertLayout(4, 4, "[i32]", new ValueType.Flags(labels(17)));
    }

    @Test
    void listsOfFixedLengthLieInPlace() {
        assertLayout(6, 2, "[i32, i32, i32]", new ValueType.FixedList(Primitive.U16, 3));
        assertLayout(17, 1, "memory", new ValueType.FixedList(Primitive.U8, 17));
        assertLayout((1 << 28) - 1, 1, "memory", new ValueType.FixedList(Primitive.U8, (1 << 28) - 1));
        assertThrows(IllegalArgumentException.class,
                () -> new Layouts().of(new ValueType.FixedList(Primitive.U64, 1 << 29)));
        assertThrows(IllegalArgumentException.class, () -> new Layouts().of(new ValueType.FixedList(Primitive.U8, -1)));
    }

    @Test
    void manyFlatParametersGoThroughMemory() {
        assertEquals("[i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32] -> []",
                flatten(false, Optional.empty(), Collections.nCopies(16, Primitive.U8)));
        assertEquals("[i32] -> []", flatten(false, Optional.empty(), Collections.nCopies(17, Primitive.U8)));
        assertEquals("[i32, i32] -> []",
                flatten(true, Optional.of(Primitive.STRING), Collections.nCopies(9, Primitive.STRING)));
        assertEquals("[i32] -> [i32]",
                flatten(false, Optional.of(Primitive.STRING), Collections.nCopies(9, Primitive.STRING)));
    }

    @Test
    void aResultOfSeveralCoreValuesGoesThroughMemory() {
        assertEquals("[i32, i32, i64] -> [f64]",
                flatten(true, Optional.of(Primitive.F64), List.of(Primitive.STRING, Primitive.S64)));
        assertEquals("[f32] -> [f32]", flatten(true, Optional.of(tuple(Primitive.F32)), List.of(Primitive.F32)));
        assertEquals("[i32] -> []", flatten(true, Optional.of(new ValueType.Option(Primitive.U8)), List.of()));
        assertEquals("[] -> [i32]", flatten(false, Optional.of(new ValueType.Option(Primitive.U8)), List.of()));
    }

    private static String flatten(boolean lowered, Optional<ValueType> result, List<? extends ValueType> params) {
        return CanonicalAdapters.flatten(function(params, result), lowered).toString();
    }

    private static FunctionType function(List<? extends ValueType> params, Optional<ValueType> result) {
        return new FunctionType(
                params.stream().map(type -> new FunctionType.Param("p", type)).toList(), result, false);
    }

    @Test
    void typesThatShareTheirPartsAreNotWalkedAsTrees() {
        ValueType shared = Primitive.U8;
        for (int i = 0; i < 90; i++) {
            ValueType part = new ValueType.ListOf(shared);
            shared = tuple(part, part, part);
        }
        ValueType type = shared;
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertLayoutOfShared(type);
            Codec.of(type, Object.class);
            Codec.passing(type);
        });
    }

    private static void assertLayoutOfShared(ValueType type) {
        assertEquals("[i32] -> []", CanonicalAdapters.flatten(
                function(Collections.nCopies(3, type), Optional.empty()), true).toString());
    }

    @Test
    void typesNestedBeyondReasonAreRefused() {
        ValueType deep = Primitive.U8;
        for (int i = 0; i < 100_000; i++) {
            deep = new ValueType.Option(deep);
        }
        ValueType type = deep;
        assertThrows(ComponentException.Unsupported.class, () -> new Layouts().of(type));
        assertThrows(ComponentException.Unsupported.class, () -> Codec.of(type, Object.class));
    }

    @Test
    void functionsOfMoreParametersThanJavaPassesAreRefused() {
        FunctionType type = function(Collections.nCopies(1000, Primitive.U64), Optional.empty());
        var e = assertThrows(ComponentException.Unsupported.class, () -> CanonicalAdapters.flatten(type, true));
        assertEquals("a function with 1000 parameters is not supported; 120 are the most", e.getMessage());
        assertThrows(ComponentException.Unsupported.class, () -> CanonicalAdapters.lift(
                type.params().stream().map(p -> Codec.passing(p.type())).toList(), Optional.empty()));
    }

    @Test
    void valuesLieInMemoryAsTheSpecificationSays() {
        ValueType type = tuple(
                Primitive.U8,
                variant(Primitive.U16, Primitive.F32),
                new ValueType.Flags(labels(9)),
                new ValueType.Option(Primitive.CHAR),
                new ValueType.FixedList(Primitive.S16, 2));
        byte[] bytes = {
            7, 0, 0, 0, 1, 0, 0, 0, 0, 0, (byte) 0xC0, 0x3F, 2, 1, 0, 0, 1, 0, 0, 0, 0x65, 0, 0, 0, -1, -1, 2, 0
        };
        try (GuestMemory guest = new GuestMemory(dev.virga.component.binary.CanonDef.StringEncoding.UTF8, 128)) {
            java.lang.foreign.MemorySegment.copy(bytes, 0, guest.memory(), LittleEndian.BYTE, 64, bytes.length);
            Codec codec = Codec.of(type, Object.class);
            Object value = codec.load(new Lift(guest), 64);
            assertEquals(
                    "Tuple[values=[7, VariantValue[name=c1, payload=Optional[1.5]],"
                            + " [l1, l8], Optional[101], [-1, 2]]]",
                    value.toString());
            codec.store(new Lower(guest), value, 16);
            assertEquals(-1, guest.memory().asSlice(16, bytes.length).mismatch(guest.memory().asSlice(64, bytes.length)));
            assertEquals(Arrays.toString(bytes), Arrays.toString(
                    guest.memory().asSlice(16, bytes.length).toArray(LittleEndian.BYTE)));
        }
    }
}
