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
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Small binaries that describe huge types, or types that take long to compare: attack class 28. */
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
    void otherTypesThatDoubleAreRefusedToo() {
        refusesDoubling((types, last) -> types.then(0x72, 2).name("a").index(last).name("b").index(last));
        refusesDoubling((types, last) -> types.then(0x71, 2)
                .name("a").then(1).index(last).then(0)
                .name("b").then(1).index(last).then(0));
        refusesDoubling((types, last) -> types.then(0x6a, 1).index(last).then(1).index(last));
    }

    private static void refusesDoubling(BiConsumer<Bytes, Integer> step) {
        Bytes types = Bytes.of(0x64); // error-context, which takes no more than four bytes
        for (int i = 0; i < 60; i++) {
            step.accept(types, i);
        }
        String message = refuse(Bytes.component().section(Bytes.TYPES, 61, types));
        assertTrue(message.contains("more than 1000000 parts"), message);
    }

    @Test
    void comparingEqualTypesOfLargeWrittenFormIsRefusedSoon() {
        int levels = 15;
        Bytes types = Bytes.of(0x7f, 0x7f);
        for (int i = 0; i < 2 * levels; i++) {
            types.then(0x6f, 2).index(i).index(i); // equal to its neighbour, of parts of its own
        }
        for (int i = 0; i < 2; i++) {
            types.then(0x40, 1).name("a").index(2 * levels + i).then(1, 0);
        }
        int function = 2 * levels + 2;
        int count = 100;
        Bytes exports = new Bytes();
        for (int i = 0; i < count; i++) {
            exports.then(0).name("e" + i).then(1, 0, 1, 1).u32(function + 1);
        }
        Bytes component = Bytes.component()
                .section(Bytes.TYPES, function + 2, types)
                .section(Bytes.IMPORTS, 1, Bytes.of(0).name("f").then(1).u32(function))
                .section(Bytes.EXPORTS, count, exports);
        String message = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> refuse(component));
        assertTrue(message.contains("takes too much work"), message);
    }

    @Test
    void sizesThatOverflowAreRefused() {
        Bytes lists = Bytes.of(0x7d); // u8
        for (int i = 0; i < 8; i++) {
            lists.then(0x67).index(i).u32(0xffff);
        }
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 9, lists)).contains("exceeds maximum byte size"));
        Bytes list = Bytes.of(0x67, 0x7d).u32(0xffffffffL);
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 1, list)).contains("4294967295 bytes"));
    }

    @Test
    void namesThatCollideLateAreFoundSoon() {
        int count = 200_000;
        Bytes labels = Bytes.of(0x6d).u32(count + 1);
        for (int i = 0; i < count; i++) {
            labels.name("n" + i);
        }
        labels.name("N0");
        String message = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> refuse(Bytes.component().section(Bytes.TYPES, 1, labels)));
        assertTrue(message.contains("`N0` conflicts with a previous one"), message);
    }

    @Test
    void aModuleWithManyExportsInstantiatedManyTimesIsRefusedSoon() {
        int exports = 5_000;
        Bytes names = new Bytes();
        for (int i = 0; i < exports; i++) {
            names.name("m" + i).then(2, 0);
        }
        Bytes module = Bytes.module().section(5, 1, Bytes.of(0, 1)).section(7, exports, names);
        int instances = 100_000;
        Bytes instance = new Bytes();
        for (int i = 0; i < instances; i++) {
            instance.then(0, 0, 0);
        }
        Bytes component = Bytes.component().section(1, module).section(2, instances, instance);
        String message = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> refuse(component));
        assertTrue(message.contains("takes too much work"), message);
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
