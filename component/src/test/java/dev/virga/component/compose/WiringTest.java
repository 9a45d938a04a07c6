package dev.virga.component.compose;

import static dev.virga.component.compose.CompositionTest.compose;
import static dev.virga.component.compose.CompositionTest.part;
import static dev.virga.component.compose.CompositionTest.plug;
import static dev.virga.component.compose.Sketch.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.Sort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which plug meets which import, and what is said where that cannot be told. */
class WiringTest {

    /** A component that exports what it has as {@code impl} under these names and imports others. */
    private static Part sketch(String label, List<String> exports, String... imports) {
        Sketch sketch = new Sketch(label);
        int impl = sketch.importInstance("impl-" + label, functions("f"));
        exports.forEach(name -> sketch.export(name, Sort.INSTANCE, impl));
        for (String name : imports) {
            sketch.importInstance(name, functions("f"));
        }
        return sketch.part();
    }

    private static String refusal(Part root, Plug... plugs) {
        return assertThrows(ComponentException.Link.class, () -> Composition.of(root, List.of(plugs), "1")).getMessage();
    }

    private static List<String> links(Composition made) {
        return made.links().stream()
                .map(l -> l.importer() + " " + l.importName() + " <- " + l.from() + l.export().map(e -> " " + e).orElse(""))
                .toList();
    }

    @Test
    void versionsMatchBySemverAndTheHighestIsTaken() {
        Part root = sketch("root", List.of(), "a:b/c@0.2.1", "a:b/d@1.0.0");
        Part plug = sketch("plug", List.of("a:b/c@0.2.0", "a:b/c@0.2.7", "a:b/c@0.3.0", "a:b/d@1.9.0"));
        assertEquals(
                List.of("root a:b/c@0.2.1 <- plug a:b/c@0.2.7", "root a:b/d@1.0.0 <- plug a:b/d@1.9.0"),
                links(compose(root, plug(plug))));
    }

    @Test
    void aNameIsAnInterfaceWithOrWithoutItsVersionOrAPackageOrPlain() {
        Part root = sketch("root", List.of(), "a:b/c@0.2.1", "a:b/d@1.0.0", "a:bb/c@1.0.0", "plain");
        Part plug = sketch("plug", List.of("a:b/c@0.2.1", "a:b/d@1.0.0", "a:bb/c@1.0.0", "plain"));
        for (String name : List.of("a:b/c@0.2.1", "a:b/c", "a:b/c@0.2.9", "a:b@0.2.0")) {
            assertEquals(List.of("root a:b/c@0.2.1 <- plug a:b/c@0.2.1"), links(compose(root, plug(name, plug))), name);
        }
        assertEquals(
                List.of("root a:b/c@0.2.1 <- plug a:b/c@0.2.1", "root a:b/d@1.0.0 <- plug a:b/d@1.0.0"),
                links(compose(root, plug("a:b", plug))));
        assertEquals(List.of("root plain <- plug plain"), links(compose(root, plug("plain", plug))));
    }

    @Test
    void aNamedPlugMeetsImportsOfOtherPlugsToo() {
        Part root = sketch("root", List.of(), "a:b/store@1.0.0");
        Part store = sketch("store", List.of("a:b/store@1.0.0"), "a:b/log@1.0.0");
        Part log = sketch("log", List.of("a:b/log@1.0.0"));
        Composition made = compose(root, plug(store), plug("a:b/log", log));
        assertEquals(
                List.of("root a:b/store@1.0.0 <- store a:b/store@1.0.0", "store a:b/log@1.0.0 <- log a:b/log@1.0.0"),
                links(made));
        assertEquals(
                "root cannot be composed:\n  log: it exports nothing that root imports, or all of that is already met;"
                        + " it exports \"a:b/log@1.0.0\", and root imports \"impl-root\", \"a:b/store@1.0.0\"; an import"
                        + " of another plug it meets only by name: NAME=log",
                refusal(root, plug(store), plug(log)));
    }

    @Test
    void aPlugWithoutNameMeetsImportsOfOtherPlugsThatTheRootHasToo() {
        Part root = sketch("root", List.of(), "a:b/store@1.0.0", "a:b/log@1.0.0");
        Part store = sketch("store", List.of("a:b/store@1.0.0"), "a:b/log@1.3.0");
        Part log = sketch("log", List.of("a:b/log@1.2.0"));
        assertEquals(Set.of("impl-root", "impl-store", "impl-log"), compose(root, plug(store), plug(log)).type().imports().keySet());
    }

    @Test
    void anImportThatImplementsAnInterfaceIsMetByThat() {
        Sketch root = new Sketch("root");
        ExternName name = new ExternName("primary", Optional.of("a:b/store@1.0.0"), Optional.empty(), Optional.empty());
        root.importInstance(name, functions("f"));
        Part store = sketch("store", List.of("a:b/store@1.2.0"));
        Composition made = compose(root.part(), plug("a:b/store", store));
        assertEquals(List.of("root primary <- store a:b/store@1.2.0"), links(made));
    }

    @Test
    void aFunctionIsMetAsAnInstanceIs() {
        Sketch root = new Sketch("root");
        root.importFunc("log", Sketch.func(Sketch.U32, Sketch.STRING));
        Sketch log = new Sketch("log");
        log.export("log", Sort.FUNC, log.importFunc("write", Sketch.func(Sketch.U32, Sketch.STRING)));
        Composition made = compose(root.part(), plug(log.part()));
        assertEquals(Set.of("write"), made.type().imports().keySet());
    }

    @Test
    void aNameThatNothingImportsIsToldWithWhatWasMeant() {
        assertEquals(
                "painter cannot be composed:\n  acme:geo/shape=shapes: nothing imports \"acme:geo/shape\";"
                        + " was \"acme:geo/shapes@1.0.0\" meant?",
                refusal(part("painter"), plug("acme:geo/shape", part("shapes"))));
        assertEquals(
                "painter cannot be composed:\n  acme:geo/shapes@2.0.0=shapes: nothing imports"
                        + " \"acme:geo/shapes@2.0.0\"; there is \"acme:geo/shapes@1.0.0\", a version that cannot stand"
                        + " for it",
                refusal(part("painter"), plug("acme:geo/shapes@2.0.0", part("shapes"))));
        assertEquals(
                "painter cannot be composed:\n  elsewhere=shapes: nothing imports \"elsewhere\"; painter imports"
                        + " \"acme:geo/shapes@1.0.0\"",
                refusal(part("painter"), plug("elsewhere", part("shapes"))));
    }

    @Test
    void aPlugThatDoesNotExportWhatItIsNamedForIsTold() {
        assertEquals(
                "painter cannot be composed:\n  acme:geo/shapes=ten: ten does not export \"acme:geo/shapes@1.0.0\";"
                        + " it exports \"acme:web/handler@1.0.0\"",
                refusal(part("painter"), plug("acme:geo/shapes", part("ten"))));
        assertEquals(
                "root cannot be composed:\n  a:b/c=plug: plug does not export \"a:b/c@1.0.0\"; there is"
                        + " \"a:b/c@2.0.0\", a version that cannot stand for it",
                refusal(
                        sketch("root", List.of(), "a:b/c@1.0.0"),
                        plug("a:b/c", sketch("plug", List.of("a:b/c@2.0.0")))));
    }

    @Test
    void twoPlugsForOneImportAreAmbiguousUnlessTheyMakeAChain() {
        assertEquals(
                "plus cannot be composed:\n  \"acme:web/handler@1.0.0\" of plus: both ten and ten export it;"
                        + " name the one to take: acme:web/handler@1.0.0=ten",
                refusal(part("plus"), plug(part("ten")), plug(part("ten"))));
        assertEquals(
                "plus cannot be composed:\n  \"acme:web/handler@1.0.0\" of plus: both ten and double export it;"
                        + " give double, which imports it too, before ten",
                refusal(part("plus"), plug(part("ten")), plug(part("double"))));
    }

    @Test
    void aNamedPlugBehindOneThatDoesNotHandOnIsToldToBeOfNoUse() {
        assertEquals(
                "plus cannot be composed:\n  acme:web=double: \"acme:web/handler@1.0.0\" of plus is already met by ten,"
                        + " which does not import it; give this one, which does, before it",
                refusal(part("plus"), plug("acme:web/handler", part("ten")), plug("acme:web", part("double"))));
        assertEquals(
                "plus cannot be composed:\n  acme:web=ten: \"acme:web/handler@1.0.0\" of plus is already met by ten,"
                        + " which does not import it; leave one of the two out",
                refusal(part("plus"), plug("acme:web/handler", part("ten")), plug("acme:web", part("ten"))));
    }

    @Test
    void aPlugThatStandsBeforeTheOnlyOneThatImportsItIsTold() {
        Part root = sketch("root", List.of(), "a:b/x");
        Part log = sketch("log", List.of("a:b/log"));
        Part x = sketch("x", List.of("a:b/x", "a:b/log"), "a:b/log");
        assertEquals(
                "root cannot be composed:\n  a:b/log=log: \"a:b/log\" of x is met only by what stands behind x, which"
                        + " exports it too; give this one after that",
                refusal(root, plug("a:b/log", log), plug("a:b", x)));
        assertEquals(2, compose(root, plug("a:b", x), plug("a:b/log", log)).links().size());
    }

    @Test
    void theSamePlugTwiceIsTold() {
        Part ten = part("ten");
        assertEquals(
                "plus cannot be composed:\n  ten: given twice", refusal(part("plus"), plug(ten), plug(ten)));
    }

    @Test
    void plugsThatWaitForEachOtherAreTold() {
        Part root = sketch("root", List.of(), "a:b/x");
        Part x = sketch("x", List.of("a:b/x"), "a:b/y");
        Part y = sketch("y", List.of("a:b/y"), "a:b/x");
        assertEquals(
                "root cannot be composed:\n  x needs \"a:b/y\" of y, which needs \"a:b/x\" of x: neither can be"
                        + " instantiated before the other; leave one of these imports unmet, or meet it with another"
                        + " component",
                refusal(root, plug("a:b/x", x), plug("a:b/y", y)));
    }

    @Test
    void everythingOfNoUseIsListed() {
        String refusal = refusal(part("plus"), plug("nothing", part("ten")), plug(part("shapes")));
        assertEquals(3, refusal.lines().count(), refusal);
    }
}
