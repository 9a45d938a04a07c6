package dev.virga.component.compose;

import static dev.virga.component.compose.CompositionTest.plug;
import static dev.virga.component.compose.Sketch.define;
import static dev.virga.component.compose.Sketch.export;
import static dev.virga.component.compose.Sketch.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.Guests;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Parts that are made to break what composes them. */
class HostileCompositionTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MANY = 10_000;
    private static final List<Definition> RESOURCE = List.of(export("r", new ExternTypeRef.SubResource()));

    @Test
    void damagedPartsAreRefusedInWordsOrComposed() {
        List<String> guests = List.of("studio", "shapes", "painter");
        Random random = new Random(3);
        int composed = 0;
        for (int i = 0; i < Integer.getInteger("virga.mutations", 200); i++) {
            try {
                List<Part> parts = guests.stream().map(g -> Part.of(g, damaged(g, random))).toList();
                Composition.of(parts.get(0), List.of(plug(parts.get(1)), plug(parts.get(2))), "1");
                composed++;
            } catch (ComponentException e) {
                assertTrue(!e.getMessage().isEmpty());
            }
        }
        assertTrue(composed > 0, "some damage does not matter");
    }

    private static byte[] damaged(String guest, Random random) {
        byte[] bytes = Guests.bytes("compose/" + guest);
        if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static Part importing(int type, Sketch sketch, List<String> names) {
        names.forEach(name -> sketch.add(
                Sort.INSTANCE, new Definition.Import(0, new ExternName(name), new ExternTypeRef.Instance(type))));
        return sketch.part();
    }

    private static List<String> names(String form, int count) {
        return IntStream.range(0, count).mapToObj(form::formatted).toList();
    }

    @Test
    void manyImportsAndExportsAreMatchedQuickly() {
        Sketch root = new Sketch("root");
        Part part = importing(root.type(new TypeDef.Instance(functions("f"))), root, names("a:b/c%d@1.0.0", MANY));
        Sketch plug = new Sketch("plug");
        int impl = plug.importInstance("impl", functions("f"));
        names("a:b/c%d@1.1.0", MANY).forEach(name -> plug.export(name, Sort.INSTANCE, impl));
        Part other = plug.part();
        Composition made = assertTimeout(SOON, () -> Composition.of(part, List.of(plug(other)), "1"));
        assertEquals(MANY, made.links().size());
    }

    @Test
    void manyVersionsOfOneImportAreMergedQuickly() {
        Sketch root = new Sketch("root");
        List<Definition> declarations = List.of(
                define(new TypeDef.Enum(List.of("a"))), export("t", new ExternTypeRef.TypeEq(0)));
        Part part = importing(root.type(new TypeDef.Instance(declarations)), root, names("a:b/c@1.%d.0", MANY));
        Composition made = assertTimeout(SOON, () -> Composition.of(part, List.of(), "1"));
        assertEquals(List.of("a:b/c@1.%d.0".formatted(MANY - 1)), List.copyOf(made.type().imports().keySet()));
    }

    @Test
    void aTypeThatManyImportsShareIsNotWrittenWithoutEnd() {
        Sketch root = new Sketch("root");
        List<Definition> declarations = List.of(
                define(new TypeDef.Enum(names("label-%d" + "x".repeat(90_000), 10))),
                export("t", new ExternTypeRef.TypeEq(0)));
        Part part = importing(root.type(new TypeDef.Instance(declarations)), root, names("a:b/c%d", 1000));
        assertTimeout(SOON, () -> assertEquals(
                "the types of the result's imports would take more than 64 MiB",
                assertThrows(ComponentException.Unsupported.class, () -> Composition.of(part, List.of(), "1"))
                        .getMessage()));
    }

    /** Imports resource {@code r} of one instance after the other, each the same as that before. */
    private static Sketch chain(List<String> names) {
        Sketch sketch = new Sketch("plug");
        int resource = sketch.typeOf(sketch.importInstance(names.getFirst(), RESOURCE), "r");
        for (String name : names.subList(1, names.size())) {
            resource = sketch.typeOf(
                    sketch.importInstance(
                            name,
                            List.of(
                                    new Definition.AliasOuter(0, Sort.TYPE, 1, resource),
                                    export("r", new ExternTypeRef.TypeEq(0)))),
                    "r");
        }
        return sketch;
    }

    @Test
    void importsThatNeedEachOtherInALongChainAreRefused() {
        List<String> names = names("a:b/c%d", 5000);
        Sketch root = new Sketch("root");
        root.importInstance("x:y/api", functions("f"));
        names.reversed().forEach(name -> root.importInstance(name, RESOURCE));
        Part plug = chain(names).implement("x:y/api", functions("f")).part();
        assertEquals(
                "imports need types of each other over more than 100 levels",
                assertThrows(
                                ComponentException.Unsupported.class,
                                () -> Composition.of(root.part(), List.of(plug(plug)), "1"))
                        .getMessage());
    }

    @Test
    void importsWhoseMergedTypesNeedEachOtherAreTold() {
        Sketch root = chain(List.of("a:b/x", "a:b/y"));
        root.importInstance("x:y/api", functions("f"));
        Part plug = chain(List.of("a:b/y", "a:b/x")).implement("x:y/api", functions("f")).part();
        String refusal = assertThrows(
                        ComponentException.Link.class, () -> Composition.of(root.part(), List.of(plug(plug)), "1"))
                .getMessage();
        assertTrue(refusal.contains("in versions whose types depend on each other"), refusal);
    }

    @Test
    void namesAreMadeHarmlessInMessages() {
        Sketch root = new Sketch("root\u001b[31m");
        root.importInstance("a:b/c", functions("f"));
        String refusal = assertThrows(
                        ComponentException.Link.class,
                        () -> Composition.of(root.part(), List.of(plug(CompositionTest.part("ten"))), "1"))
                .getMessage();
        assertTrue(refusal.startsWith("root\\u{1b}[31m cannot"), refusal);
    }
}
