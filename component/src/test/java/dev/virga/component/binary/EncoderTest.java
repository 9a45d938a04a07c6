package dev.virga.component.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.component.validation.Suites;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncoderTest {

    private static String hex(BinaryWriter writer) {
        return HexFormat.of().formatHex(writer.toByteArray());
    }

    @Test
    void integersAreAsShortAsTheyCanBe() {
        assertEquals("007f8001ffffffff0f", hex(new BinaryWriter().u32(0).u32(127).u32(128).u32(-1)));
        assertEquals("003fc000ff00ffffffff0f", hex(new BinaryWriter().s33(0).s33(63).s33(64).s33(127).s33(-1)));
        assertEquals("ffffffffffffffffff01", hex(new BinaryWriter().unsigned(-1)));
    }

    @Test
    void namesAreUtf8WithTheirLengthInBytes() {
        assertEquals("03e282ac", hex(new BinaryWriter().name("€")));
    }

    @Test
    void neighboursOfAKindShareASection() {
        Definition type = new Definition.Type(0, new TypeDef.ListOf(new ValTypeRef.Primitive(Primitive.U8)));
        byte[] encoded = new ComponentEncoder()
                .add(type)
                .add(type)
                .add(new Definition.Import(0, new ExternName("t"), new ExternTypeRef.TypeEq(1)))
                .custom("note", new BinaryWriter().u8(7))
                .toByteArray();
        Bytes list = Bytes.of(0x70, 0x7d);
        assertArrayEquals(
                Bytes.component()
                        .section(Bytes.TYPES, 2, list.then(0x70, 0x7d))
                        .section(Bytes.IMPORTS, 1, Bytes.of(0).name("t").then(3, 0, 1))
                        .section(0, new Bytes().name("note").then(7))
                        .array(),
                encoded);
    }

    @Test
    void attributesOfNamesAreKept() {
        ExternName name = new ExternName("a", Optional.of("x:y/z"), Optional.empty(), Optional.of("id"));
        byte[] encoded = new ComponentEncoder()
                .add(new Definition.Import(0, name, new ExternTypeRef.Instance(0)))
                .toByteArray();
        assertEquals(
                new Definition.Import(11, name, new ExternTypeRef.Instance(0)),
                ComponentDecoder.decode(encoded).definitions().getFirst());
    }

    @Test
    void whatIsOfTheCoreIsNotEncoded() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ComponentEncoder().add(new Definition.CoreInline(0, List.of())));
    }

    /** Of every component of the public suites, and of those in them. */
    @Test
    void whatIsDecodedIsEncodedToTheSame() {
        List<byte[]> binaries = new ArrayList<>();
        Suites.cases(Suites.folder("component-model")).forEach(c -> binaries.add(c.bytes()));
        Suites.files(Suites.folder("components"), ".wasm").forEach(f -> binaries.add(Suites.read(f)));
        int definitions = 0;
        for (byte[] bytes : binaries) {
            ComponentBinary binary;
            try {
                binary = ComponentDecoder.decode(bytes);
            } catch (ComponentException e) {
                continue;
            }
            definitions += roundTrip(binary);
        }
        assertTrue(definitions > 10_000, "only " + definitions);
    }

    private static int roundTrip(ComponentBinary binary) {
        List<Definition> encodable = new ArrayList<>();
        ComponentEncoder encoder = new ComponentEncoder();
        int nested = 0;
        for (Definition definition : binary.definitions()) {
            if (definition instanceof Definition.Component(int _, ComponentBinary inner)) {
                nested += roundTrip(inner);
            } else {
                try {
                    new ComponentEncoder().add(definition);
                } catch (IllegalArgumentException e) {
                    assertTrue(isCore(definition), definition.toString());
                    continue;
                }
                encoder.add(definition);
                encodable.add(definition);
            }
        }
        assertEquals(
                text(encodable), text(ComponentDecoder.decode(encoder.toByteArray()).definitions()));
        return nested + encodable.size();
    }

    private static boolean isCore(Definition definition) {
        return switch (definition) {
            case Definition.CoreModule _, Definition.CoreInstantiate _, Definition.CoreInline _, Definition.Canon _,
                    Definition.AliasCoreExport _, Definition.Start _, Definition.Value _ -> true;
            case Definition.CoreType(int _, CoreTypeDef.Aggregate()) -> true;
            default -> false;
        };
    }

    private static String text(List<Definition> definitions) {
        return definitions.toString().replaceAll("offset=\\d+, ", "");
    }
}
