package dev.virga.component.compose;

import static dev.virga.component.compose.CompositionTest.part;
import static dev.virga.component.compose.CompositionTest.plug;
import static dev.virga.component.compose.Sketch.STRING;
import static dev.virga.component.compose.Sketch.U32;
import static dev.virga.component.compose.Sketch.define;
import static dev.virga.component.compose.Sketch.export;
import static dev.virga.component.compose.Sketch.func;
import static dev.virga.component.compose.Sketch.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plugs that do not fit are refused with the import, what it expects and what was found. */
class TypeCheckTest {

    private static final String API = "test:it/api@1.0.0";

    private static String refusal(Part root, Plug... plugs) {
        return assertThrows(ComponentException.Link.class, () -> Composition.of(root, List.of(plugs), "1")).getMessage();
    }

    private static Part importing(List<Definition> declarations) {
        Sketch root = new Sketch("root");
        root.importInstance(API, declarations);
        return root.part();
    }

    @Test
    void everyFunctionThatDiffersIsListed() {
        List<Definition> offered = List.of(
                define(func(STRING, U32)),
                define(new TypeDef.Func(func(U32, U32).params(), func(U32).result(), true)),
                export("f", new ExternTypeRef.Func(0)),
                export("g", new ExternTypeRef.Func(1)));
        assertEquals(
                """
                root cannot be composed:
                  "test:it/api@1.0.0" of root is not what plug exports as "test:it/api@1.0.0"; build both against the\
                 same version, or meet it with another component:
                    "f": expected func(p0: u32) -> u32, found func(p0: u32) -> string\
                 (type mismatch in result `result`: expected `u32`, found `string`)
                    "g": expected func(p0: u32) -> u32, found async func(p0: u32) -> u32\
                 (expected a function that is not async, found an async one)
                    "h": expected func(p0: u32) -> u32, found nothing of this name""",
                refusal(importing(functions("f", "g", "h")), plug(new Sketch("plug").implement(API, offered).part())));
    }

    @Test
    void somethingElseThanAnInstanceIsTold() {
        Sketch plug = new Sketch("plug");
        plug.export(API, Sort.FUNC, plug.importFunc("f", func(U32)));
        String refusal = refusal(importing(functions("f")), plug(plug.part()));
        assertTrue(refusal.endsWith("    expected instance, found func() -> u32 (expected instance, found func)"), refusal);
    }

    @Test
    void aWholeInstanceThatLacksSomethingIsTold() {
        assertEquals(
                """
                user cannot be composed:
                  "one" of user is not what ten exports, which has no export of this name; name the import as an export\
                 is named, or meet it with another component:
                    "counter": expected resource, found nothing of this name
                    "[constructor]counter": expected func(value: u32) -> own<counter>, found nothing of this name
                    "[method]counter.value": expected func(self: borrow<counter>) -> u32, found nothing of this name""",
                refusal(part("user"), plug("one", part("ten"))));
    }

    /** The painter's shapes are not those of the studio: each has an instance of its own. */
    @Test
    void aResourceOfAnotherInstanceIsTold() {
        Part inner = Part.of(
                "painter+shapes",
                Composition.of(part("painter"), List.of(plug(part("shapes"))), "1").binary());
        String refusal = refusal(part("studio"), plug("acme:geo/painter", inner), plug("acme:geo/shapes", part("shapes")));
        assertTrue(
                refusal.contains("\"shape\": expected the resource of another import, found one of its own; an interface"
                        + " and those whose types it uses must be met by the same component"),
                refusal);
        assertTrue(refusal.contains("\"paint\": expected func(shape: borrow<shape>) -> u32, found "), refusal);
    }

    @Test
    void whatDependsOnWhatDoesNotFitIsNotToldToo() {
        Sketch middle = new Sketch("middle");
        middle.importInstance("test:it/base", functions("f"));
        Part plug = middle.implement(API, functions("f")).part();
        Sketch base = new Sketch("base");
        Part wrong = base.implement("test:it/base", functions("g")).part();
        String refusal = refusal(importing(functions("f", "g")), plug(plug), plug("test:it/base", wrong));
        assertTrue(refusal.contains("\"test:it/base\" of middle") && !refusal.contains("of root"), refusal);
    }
}
