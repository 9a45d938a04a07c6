package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Bytes;
import dev.virga.component.binary.ComponentDecoder;
import org.junit.jupiter.api.Test;

/** Errors of validation end with the offset, the section and, unless it is the outermost one, the component. */
class PlacesTest {

    private static final Bytes BAD_TYPE = Bytes.component().section(Bytes.TYPES, 2, Bytes.of(0x7f, 0x69, 5));
    private static final String OUT_OF_BOUNDS = "type index out of bounds: 5 (at offset ";

    @Test
    void theSectionOfADefinition() {
        assertEquals(OUT_OF_BOUNDS + "0xc in the type section)", refuse(BAD_TYPE));
        Bytes export = Bytes.of(0).name("f").then(1, 7, 0);
        assertEquals(
                "unknown function 7: function index out of bounds (at offset 0xb in the export section)",
                refuse(Bytes.component().section(Bytes.EXPORTS, 1, export)));
    }

    @Test
    void theComponentThatItIsIn() {
        assertEquals(
                OUT_OF_BOUNDS + "0x20 in the type section of the component at offset 0x14)",
                refuse(Bytes.component().section(4, Bytes.component()).section(4, BAD_TYPE)));
        assertEquals(
                OUT_OF_BOUNDS + "0x16 in the type section of the component at offset 0xa)",
                refuse(Bytes.component().section(4, BAD_TYPE)));
    }

    @Test
    void behindANestedComponentTheOuterOneAgain() {
        Bytes type = Bytes.of(0x69, 5);
        assertEquals(
                OUT_OF_BOUNDS + "0x15 in the type section)",
                refuse(Bytes.component().section(4, Bytes.component()).section(Bytes.TYPES, 1, type)));
    }

    @Test
    void aDeclarationInsideAType() {
        Bytes instance = Bytes.of(0x42, 2, 1, 0x7f, 1, 0x69, 5);
        assertEquals(
                OUT_OF_BOUNDS + "0xf in the type section)",
                refuse(Bytes.component().section(Bytes.TYPES, 1, instance)));
    }

    @Test
    void theEndForWhatIsMissingThere() {
        Bytes value = Bytes.of(0).name("v").then(2, 1, 0x7f);
        assertEquals(
                "value 0 was not used (at offset 0x11 at the end)",
                refuse(Bytes.component().section(Bytes.IMPORTS, 1, value)));
        assertEquals(
                "value 0 was not used (at offset 0x1b at the end of the component at offset 0xa)",
                refuse(Bytes.component().section(4, Bytes.component().section(Bytes.IMPORTS, 1, value))));
    }

    @Test
    void aCoreModule() {
        assertEquals(
                "core module: unexpected end (at offset 0x14), in the module (at offset 0xa in the core module section)",
                refuse(Bytes.component().section(1, Bytes.module().then(1, 5))));
    }

    @Test
    void aFeatureThatIsMissing() {
        assertEquals(
                "a resource represented by i64: that belongs to 64-bit memories, a gated feature of the component model"
                        + " (at offset 0xb in the type section)",
                refuse(Bytes.component().section(Bytes.TYPES, 1, Bytes.of(0x3f, 0x7e, 0))));
    }

    private static String refuse(Bytes bytes) {
        return assertThrows(
                        ComponentException.class,
                        () -> ComponentValidator.validate(ComponentDecoder.decode(bytes.array())))
                .getMessage();
    }
}
