package dev.virga.component.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.GuestResource;
import dev.virga.component.Guests;
import dev.virga.component.Linker;
import dev.virga.component.Offer;
import dev.virga.component.PreparedComponent;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Borrow;
import dev.virga.component.type.ValueType.Own;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compositions that run. */
class CompositionTest {

    private static final String HANDLER = "acme:web/handler@1.0.0";

    static Part part(String guest) {
        return Part.of(guest, Guests.bytes(guest.equals("user") || guest.equals("counters") ? guest : "compose/" + guest));
    }

    static Plug plug(Part part) {
        return new Plug(Optional.empty(), part);
    }

    static Plug plug(String name, Part part) {
        return new Plug(Optional.of(name), part);
    }

    static Composition compose(Part root, Plug... plugs) {
        Composition made = Composition.of(root, List.of(plugs), "1.0");
        Oracle.assertValid(made.binary());
        return made;
    }

    private static Object call(Linker<Void> linker, Composition made, List<String> path, Object... arguments) {
        PreparedComponent<Void> prepared = linker.prepare(Component.load(Guests.ENGINE, made.binary()));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            return prepared.function(path.toArray(String[]::new)).orElseThrow().call(instance, arguments);
        }
    }

    private static Object call(Composition made, String function, Object... arguments) {
        return call(new Linker<>(), made, List.of(function), arguments);
    }

    private static Object handle(Composition made, int n) {
        return call(new Linker<>(), made, List.of(HANDLER, "handle"), n);
    }

    @Test
    void aResourceOfAPlugIsTheSameForAllThatUseIt() {
        Composition made = compose(part("studio"), plug(part("shapes")), plug(part("painter")));
        assertEquals(Set.of(), made.type().imports().keySet());
        assertEquals(3 * 100 + 1, call(made, "work", 3));
        assertEquals(
                List.of(
                        new Composition.Link("studio", "acme:geo/shapes@1.1.0", "shapes", Optional.of("acme:geo/shapes@1.2.0")),
                        new Composition.Link("studio", "acme:geo/painter@1.0.0", "painter", Optional.of("acme:geo/painter@1.0.0")),
                        new Composition.Link("painter", "acme:geo/shapes@1.0.0", "shapes", Optional.of("acme:geo/shapes@1.2.0"))),
                made.links());
    }

    @Test
    void anImportThatIsLeftIsOneForAllThatHaveItWithTheNewestNameAndAllThatTheyWant() {
        Composition made = compose(part("studio"), plug(part("painter")));
        assertEquals(Set.of("acme:geo/shapes@1.1.0"), made.type().imports().keySet());

        Offer.Resource shape = Offer.Resource.of("shape", String.class);
        FunctionType.Param self = new FunctionType.Param("self", new Borrow(shape.type()));
        Linker<Void> linker = new Linker<Void>()
                .define(
                        "acme:geo/shapes@1.4.0",
                        new Offer.Instance(Map.of(
                                "shape", shape,
                                "[constructor]shape", func(Optional.of(new Own(shape.type())), _ -> "square",
                                        new FunctionType.Param("size", Primitive.U32)),
                                "[method]shape.size", func(Optional.of(Primitive.U32), _ -> 7, self),
                                "drops", func(Optional.of(Primitive.U32), _ -> 5))));
        assertEquals(7 * 100 + 5, call(linker, made, List.of("work"), 1));
    }

    private static Offer.Func func(
            Optional<dev.virga.component.type.ValueType> result,
            java.util.function.Function<Object[], Object> body,
            FunctionType.Param... params) {
        return new Offer.Func(new FunctionType(List.of(params), result, false), body);
    }

    @Test
    void aPlugsInterfaceIsExportedWhereTheRootsExportsUseItsTypes() {
        Composition made = compose(part("studio"), plug(part("shapes")), plug(part("painter")));
        assertEquals(
                List.of(
                        new Composition.Export("acme:geo/shapes@1.2.0", "shapes", true),
                        new Composition.Export("give", "studio", false),
                        new Composition.Export("work", "studio", false)),
                made.exports());
        PreparedComponent<Void> prepared =
                new Linker<Void>().prepare(Component.load(Guests.ENGINE, made.binary()));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            Object given = prepared.function("give").orElseThrow().call(instance, 6);
            assertEquals(
                    6,
                    prepared.function("acme:geo/shapes@1.2.0", "[method]shape.size")
                            .orElseThrow()
                            .call(instance, given));
            ((GuestResource) given).close();
        }
    }

    /** Types that a component exports itself, not in an interface, are named by that export. */
    @Test
    void aRootThatExportsAResourceOfItsOwnKeepsItsName() {
        Composition made = compose(part("counters"));
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(Component.load(Guests.ENGINE, made.binary()));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            Object counter = prepared.function("[constructor]counter").orElseThrow().call(instance, 8);
            assertEquals(8, prepared.function("[method]counter.value").orElseThrow().call(instance, counter));
            ((GuestResource) counter).close();
        }
    }

    @Test
    void severalPlugsForOneNameMakeAChainInTheirOrder() {
        Part plus = part("plus");
        Part twice = part("double");
        Part ten = part("ten");
        assertEquals(2 * (10 * 4) + 1, handle(compose(plus, plug(twice), plug(ten)), 4));
        assertEquals(2 * (10 * 4 + 1), handle(compose(twice, plug("acme:web/handler", plus), plug("acme:web", ten)), 4));
        assertEquals(10 * 4 + 1 + 1, handle(compose(plus, plug(part("plus")), plug(ten)), 4));
    }

    @Test
    void aNamedPlugComesBeforeOneWithoutName() {
        Composition made = compose(part("plus"), plug(part("ten")), plug(HANDLER, part("double")));
        assertEquals(2 * (10 * 4) + 1, handle(made, 4));
    }

    @Test
    void aCompositionCanBeComposedAgain() {
        Part chain = Part.of("chain", compose(part("plus"), plug(part("double"))).binary());
        assertEquals(2 * (10 * 4) + 1, handle(compose(chain, plug(part("ten"))), 4));
    }

    @Test
    void aPlainNameIsMetByAWholeInstanceAndOnePartIsOneInstance() {
        Part counters = part("counters");
        Composition one = compose(part("user"), plug("one", counters), plug("two", counters));
        assertEquals(304, call(one, "sum", 3, 4));
        assertEquals(9, call(one, "confuse", 9));

        Composition two = compose(part("user"), plug("one", counters), plug("two", part("counters")));
        assertEquals(304, call(two, "sum", 3, 4));
        assertThrows(Trap.class, () -> call(two, "confuse", 9));
    }

    @Test
    void equalComponentsAreHeldOnce() {
        Composition two = compose(part("user"), plug("one", part("counters")), plug("two", part("counters")));
        int parts = Guests.bytes("user").length + Guests.bytes("counters").length;
        assertTrue(two.binary().length < parts + 500, two.binary().length + " bytes of " + parts);
    }

    @Test
    void theResultIsTheSameEachTime() {
        byte[] first = compose(part("studio"), plug(part("shapes")), plug(part("painter"))).binary();
        assertArrayEquals(first, compose(part("studio"), plug(part("shapes")), plug(part("painter"))).binary());
    }

    @Test
    void theResultSaysWhatItsPartsAreCalledAndWhoMadeIt() {
        byte[] binary = Composition.of(
                        Part.of("some/where/plus.wasm", Guests.bytes("compose/plus")), List.of(plug(part("ten"))), "1.2.3")
                .binary();
        assertEquals(List.of("component-name", "producers"), Stream.of(ComponentDecoder.decode(binary))
                .flatMap(b -> b.customs().stream())
                .map(ComponentBinary.CustomSection::name)
                .toList());
        String text = new String(binary, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("\4plus") && text.contains("\3ten") && !text.contains("where"), text);
        assertTrue(text.contains("\14processed-by\1\5virga\0051.2.3"), text);
    }

    @Test
    void thePartsStandInTheResultAsTheyAre() {
        byte[] ten = Guests.bytes("compose/ten");
        ComponentBinary made = ComponentDecoder.decode(compose(part("plus"), plug(part("ten"))).binary());
        assertTrue(made.definitions().stream()
                .filter(dev.virga.component.binary.Definition.Component.class::isInstance)
                .map(d -> ((dev.virga.component.binary.Definition.Component) d).binary())
                .anyMatch(b -> Arrays.equals(Arrays.copyOfRange(b.bytes(), b.start(), b.end()), ten)));
    }
}
