package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Bytes;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.type.ComponentType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Small binaries that describe huge types: attack class 28. */
class HostileTypesTest {

    @Test
    void aTypeThatDoublesWithEachDefinitionIsRefused() {
        Bytes types = Bytes.of(0x7f); // bool
        for (int i = 0; i < 60; i++) {
            types.then(0x6f, 2).index(i).index(i); // a tuple of the type before, twice
        }
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 61, types)).contains("more than 1000000 parts"));
    }

    @Test
    void instanceTypesThatDoubleAreRefused() {
        Bytes types = Bytes.of(0x42, 0);
        for (int i = 0; i < 60; i++) {
            types.then(0x42, 3)
                    .then(2, 3, 2, 1).u32(i) // alias outer 1 i (type)
                    .then(4, 0).name("a").then(5, 0)
                    .then(4, 0).name("b").then(5, 0);
        }
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 61, types)).contains("more than 1000000 parts"));
    }

    @Test
    void aLongChainOfTypesIsRefused() {
        Bytes types = Bytes.of(0x7f);
        for (int i = 0; i < 10_000; i++) {
            types.then(0x70).index(i);
        }
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 10_001, types)).contains("type nesting is too deep"));
    }

    @Test
    void copyingALargeTypeManyTimesIsRefusedSoon() {
        int exports = 20_000;
        Bytes large = Bytes.of(0x42).u32(exports + 1).then(4, 0).name("r").then(3, 1);
        for (int i = 1; i <= exports; i++) {
            large.then(4, 0).name("t" + i).then(3, 1);
        }
        int copies = 20_000;
        Bytes imports = new Bytes();
        for (int i = 0; i < copies; i++) {
            imports.then(0).name("i" + i).then(5, 0);
        }
        Bytes component = Bytes.component().section(Bytes.TYPES, 1, large).section(Bytes.IMPORTS, copies, imports);
        String message = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> refuse(component));
        assertTrue(message.contains("takes too much work"), message);
    }

    @Test
    void anIndexBehindTheEndIsRefusedWhateverItsSize() {
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 1, Bytes.of(0x69).u32(0xffffffffL)))
                .contains("type index out of bounds: 4294967295"));
        assertTrue(refuse(Bytes.component().section(6, 1, Bytes.of(3, 2).u32(0xfffffff0L).then(0)))
                .contains("invalid outer alias count of 4294967280"));
    }

    @Test
    void eachImportOfAnInstanceHasResourceTypesOfItsOwn() {
        Bytes type = Bytes.of(0x42, 1).then(4, 0).name("r").then(3, 1);
        Bytes imports = Bytes.of(0).name("a").then(5, 0).then(0).name("b").then(5, 0);
        ComponentType component = ComponentValidator.validate(ComponentDecoder.decode(Bytes.component()
                .section(Bytes.TYPES, 1, type)
                .section(Bytes.IMPORTS, 2, imports)
                .array()));
        assertEquals(2, component.importedResources().size());
        assertTrue(new Subtyping(new Context())
                .check(component.imports().get("a"), component.imports().get("b"))
                .isPresent());
    }

    private static String refuse(Bytes bytes) {
        return assertThrows(
                        ComponentException.class,
                        () -> ComponentValidator.validate(ComponentDecoder.decode(bytes.array())))
                .getMessage();
    }
}
