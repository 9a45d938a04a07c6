package dev.virga.component.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.type.ValueType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecoderTest {

    @Test
    void definitionsComeInTheOrderOfTheBinaryWithTheirOffsets() {
        Bytes function = Bytes.of(0x40, 1).name("x").then(0x79, 1, 0);
        ComponentBinary binary = ComponentDecoder.decode(Bytes.component()
                .section(Bytes.TYPES, 2, Bytes.of(0x70, 0x73).then(function))
                .section(0, new Bytes().name("note").then(1, 2, 3))
                .section(Bytes.IMPORTS, 1, Bytes.of(0).name("f").then(1, 1))
                .array());
        TypeDef u32 = new TypeDef.Func(
                List.of(new TypeDef.Labeled("x", new ValTypeRef.Primitive(ValueType.Primitive.U32))),
                Optional.empty(),
                false);
        assertEquals(
                List.of(
                        new Definition.Type(
                                11, new TypeDef.ListOf(new ValTypeRef.Primitive(ValueType.Primitive.STRING))),
                        new Definition.Type(13, u32),
                        new Definition.Import(33, new ExternName("f"), new ExternTypeRef.Func(1))),
                binary.definitions());
        assertEquals(List.of(new ComponentBinary.CustomSection("note", 27, 30)), binary.customs());
    }

    @Test
    void errorsNameTheOffsetAndTheSection() {
        assertEquals(
                "invalid leading byte 0x62 for a type (at offset 0xb in the type section)",
                refuse(Bytes.component().section(Bytes.TYPES, 1, Bytes.of(0x62))));
        assertEquals(
                "malformed section id 13 (at offset 0x8 in the header of a section)",
                refuse(Bytes.component().section(13, new Bytes())));
        assertEquals(
                "unknown binary version 0xe000100 (at offset 0x4 in the header)",
                refuse(Bytes.of(0, 'a', 's', 'm', 0x0e, 0, 1, 0)));
    }

    @Test
    void errorsNameTheNestedComponentByItsOffset() {
        Bytes inner = Bytes.component().section(Bytes.TYPES, 1, Bytes.of(0x62));
        assertEquals(
                "invalid leading byte 0x62 for a type (at offset 0x1f in the type section of the component at offset 0x14)",
                refuse(Bytes.component().section(4, Bytes.component()).section(4, inner)));
        assertEquals(
                "malformed section id 99 (at offset 0x12 in the header of a section of the component at offset 0xa)",
                refuse(Bytes.component().section(4, Bytes.component().section(99, new Bytes()))));
        assertEquals(
                "magic header not detected (at offset 0xa in the header of the component at offset 0xa)",
                refuse(Bytes.component().section(4, Bytes.of(1, 2, 3, 4, 5, 6, 7, 8))));
    }

    @Test
    void optionsForGarbageCollectedValuesAreRefusedByName() {
        Bytes lower = Bytes.of(1, 0, 0, 1, 9);
        assertEquals(
                "the canonical option `gc`: garbage-collected values in the Canonical ABI are a gated feature"
                        + " (at offset 0xf in the canon section)",
                refuse(Bytes.component().section(8, 1, lower)));
    }

    @Test
    void namesMustBeUtf8AndOfSensibleLength() {
        assertTrue(refuse(Bytes.component().section(0, Bytes.of(2, 0xc3, 0x28))).contains("malformed UTF-8"));
        assertTrue(refuse(Bytes.component().section(0, new Bytes().name("x".repeat(100_001))))
                .contains("longer than the limit"));
    }

    @Test
    void bytesLeftOverAreRefused() {
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 1, Bytes.of(0x7f, 0x7f)))
                .contains("1 unexpected bytes at the end of the section"));
    }

    @Test
    void namesCannotCarryControlSequencesIntoMessages() {
        String message = refuse(Bytes.component()
                .section(0, new Bytes().name("ok"))
                .section(Bytes.IMPORTS, 1, Bytes.of(2).name("a").then(2, 0).name("\u001b[2J").then(0).name("b")));
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        ComponentException error = new ComponentException.Invalid("name `\u001b[2J\n`", 0, "here");
        assertEquals("name `\\u{1b}[2J\\u{a}` (at offset 0x0 here)", error.getMessage());
    }

    private static String refuse(Bytes bytes) {
        return assertThrows(ComponentException.class, () -> ComponentDecoder.decode(bytes.array())).getMessage();
    }
}
