package dev.virga.component.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Binaries made to exhaust or confuse the decoder: attack class 28. Deep nesting, sections and vectors
 * that claim to be larger than they are, cut and overlong numbers, more parts than anyone needs.
 */
@Timeout(30)
class HostileBinaryTest {

    private record Part(int id, Bytes content) {}

    /** A section of each kind. */
    private static final List<Part> PARTS = List.of(
            new Part(0, new Bytes().name("note").then(1, 2, 3)),
            new Part(1, Bytes.module()),
            new Part(2, Bytes.of(2, 1, 1).name("f").then(0, 0, 0, 0, 1).name("a").then(0x12, 0)),
            new Part(3, Bytes.of(2, 0x50, 1, 3).name("f").then(0, 0, 0x60, 1, 0x7f, 0)),
            new Part(4, Bytes.component().section(7, 1, Bytes.of(0x7f))),
            new Part(5, Bytes.of(2, 0, 0, 1).name("a").then(1, 0, 1, 1, 0).name("f").then(1, 0)),
            new Part(6, Bytes.of(2, 1, 0, 0).name("f").then(3, 2, 1, 0)),
            new Part(7, Bytes.of(4, 0x72, 1).name("a").then(0x7d, 0x71, 1).name("c").then(0, 0, 0x43, 1).name("p")
                    .then(0x73, 0, 0x7f, 0x42, 1, 4, 0).name("r").then(3, 1)),
            new Part(8, Bytes.of(2, 0, 0, 0, 2, 3, 0, 4, 1, 0, 9, 0, 0x73, 1, 3, 0)),
            new Part(10, Bytes.of(1, 2).name("i").then(1, 0).name("a:b/c").then(5, 0)),
            new Part(11, Bytes.of(1, 0).name("e").then(1, 0, 1, 1, 0)));

    private static final long[] HUGE = {0xffffffffL, 0x80000000L, 0x7fffffff, 1 << 24, 300};

    @Test
    void aBinaryCutAnywhereButBetweenSectionsIsMalformed() {
        Bytes whole = Bytes.component();
        List<Integer> ends = new ArrayList<>(List.of(8));
        for (Part part : PARTS) {
            whole.section(part.id, part.content);
            ends.add(whole.array().length);
        }
        byte[] bytes = whole.array();
        for (int end = 0; end <= bytes.length; end++) {
            byte[] cut = Arrays.copyOf(bytes, end);
            if (ends.contains(end)) {
                ComponentDecoder.decode(cut);
            } else {
                assertThrows(ComponentException.Malformed.class, () -> ComponentDecoder.decode(cut), "cut at " + end);
            }
        }
    }

    @Test
    void aHugeNumberAnywhereInASectionIsHarmless() {
        for (Part part : PARTS) {
            byte[] content = part.content.array();
            for (int at = 0; at < content.length; at++) {
                for (long huge : HUGE) {
                    Bytes changed = Bytes.of(Arrays.copyOf(content, at))
                            .u32(huge)
                            .then(Bytes.of(Arrays.copyOfRange(content, at + 1, content.length)));
                    decodeOrRefuse(Bytes.component().section(part.id, changed));
                }
            }
        }
    }

    @Test
    void aSectionLargerThanTheBinaryIsRefused() {
        for (Part part : PARTS) {
            assertTrue(refuse(Bytes.component().then(part.id).u32(part.content.array().length + 1).then(part.content))
                    .contains("bytes, but only"));
            assertTrue(refuse(Bytes.component().then(part.id).u32(0xffffffffL).then(part.content))
                    .contains("a length of 4294967295 bytes"));
        }
    }

    @Test
    void lengthsAreCheckedBeforeTheyAreUsed() {
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, new Bytes().u32(0xffffffffL)))
                .contains("a length of 4294967295 bytes, but only 0 are left"));
        assertTrue(refuse(Bytes.component().then(7).u32(1_000_000_000).then(1)).contains("only 1 are left"));
        assertTrue(refuse(Bytes.component().section(Bytes.IMPORTS, 1, Bytes.of(0).u32(0x7fffffffL)))
                .contains("a length of 2147483647 bytes"));
    }

    @Test
    void integersMustFit() {
        assertTrue(refuse(Bytes.component().then(7, 0x80, 0x80, 0x80, 0x80, 0x80, 0)).contains("too long"));
        assertTrue(refuse(Bytes.component().then(7, 0x80, 0x80, 0x80, 0x80, 0x10)).contains("too large"));
        assertTrue(refuse(Bytes.component().then(7, 0x80)).contains("unexpected end"));
        Bytes padded = Bytes.of(0x81, 0x80, 0x80, 0x80, 0, 0x7f);
        assertEquals(1, ComponentDecoder.decode(Bytes.component().section(7, padded).array()).definitions().size());
    }

    @Test
    void componentsNestToALimit() {
        Bytes inner = Bytes.component();
        for (int i = 0; i < 5_000; i++) {
            inner = Bytes.component().section(4, inner);
            if (i == 98) {
                ComponentDecoder.decode(inner.array());
            }
        }
        assertTrue(refuse(inner).contains("components nest deeper than 100 levels"));
    }

    @Test
    void typesNestToALimit() {
        Bytes instances = new Bytes();
        Bytes components = new Bytes();
        for (int i = 0; i < 100_000; i++) {
            instances.then(0x42, 1, 1); // an instance type that declares a type
            components.then(0x41, 1, 1);
        }
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 1, instances)).contains("types nest deeper than 100"));
        assertTrue(refuse(Bytes.component().section(Bytes.TYPES, 1, components)).contains("types nest deeper than 100"));
    }

    @Test
    void typesNestToTheSameLimitInsideNestedComponents() {
        Bytes types = new Bytes();
        for (int i = 0; i < 60; i++) {
            types.then(0x42, 1, 1);
        }
        Bytes component = Bytes.component().section(Bytes.TYPES, 1, types.then(0x7f));
        ComponentDecoder.decode(component.array());
        for (int i = 0; i < 50; i++) {
            component = Bytes.component().section(4, component);
        }
        assertTrue(refuse(component).contains("types nest deeper than 100"));
    }

    @Test
    void partsAreCountedOverTheWholeBinary() {
        Bytes half = Bytes.component().section(Bytes.TYPES, 600_000, repeated(600_000, 0x7f));
        ComponentDecoder.decode(half.array());
        assertTrue(refuse(Bytes.component().section(4, half).section(4, half))
                .contains("more than 1000000 elements and sections in one binary"));
    }

    @Test
    void sectionsAreCounted() {
        Bytes sections = Bytes.component().then(repeated(1_000_001, 0, 1, 0)); // custom sections without a name
        assertTrue(refuse(sections).contains("more than 1000000 elements and sections"));
    }

    @Test
    void modulesAndComponentsCountForMore() {
        Bytes module = Bytes.of(1, 8).then(Bytes.module());
        assertTrue(refuse(Bytes.component().then(repeated(10_000, module))).contains("more than 1000000 elements"));
        Bytes component = Bytes.of(4, 8).then(Bytes.component());
        assertTrue(refuse(Bytes.component().then(repeated(10_000, component))).contains("more than 1000000 elements"));
    }

    private static Bytes repeated(int times, int... bytes) {
        return repeated(times, Bytes.of(bytes));
    }

    private static Bytes repeated(int times, Bytes bytes) {
        Bytes all = new Bytes();
        for (int i = 0; i < times; i++) {
            all.then(bytes);
        }
        return all;
    }

    private static void decodeOrRefuse(Bytes bytes) {
        try {
            ComponentDecoder.decode(bytes.array());
        } catch (ComponentException e) {
            // as good
        }
    }

    private static String refuse(Bytes bytes) {
        return assertThrows(ComponentException.class, () -> ComponentDecoder.decode(bytes.array())).getMessage();
    }
}
