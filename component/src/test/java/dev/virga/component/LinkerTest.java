package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkerTest {

    private static final FunctionType ADD = new FunctionType(
            List.of(new FunctionType.Param("a", Primitive.U32), new FunctionType.Param("b", Primitive.U32)),
            Optional.of(Primitive.U32),
            false);

    private static String refusal(Linker<?> linker, String guest) {
        Component component = Guests.load(guest);
        return assertThrows(ComponentException.Link.class, () -> linker.prepare(component)).getMessage();
    }

    @Test
    void anUnmetImportIsNamed() {
        assertEquals(
                """
                an import is not met:
                  "test:host/things@0.2.1" (instance): nothing like it is offered""",
                refusal(new Linker<>(), "things"));
    }

    @Test
    void everyUnmetImportIsListedWithWhatWasMeant() {
        Linker<Void> linker = new Linker<Void>().define("too", new Offer.Instance(Map.of()));
        assertEquals(
                """
                2 imports are not met:
                  "one" (instance): not offered; did the component mean "too"?
                  "two" (instance): not offered; did the component mean "too"?""",
                refusal(linker, "user"));
    }

    @Test
    void anotherVersionIsToldOf() {
        HostInterface<Things> newer = HostInterface.of(
                        Things.wit(Things.WIT.replace("0.2.5", "0.3.0"), "things"), Things.class, (Things t) -> t)
                .resource("thing", Things.Thing.class);
        assertEquals(
                """
                an import is not met:
                  "test:host/things@0.2.1" (instance): offered is "test:host/things@0.3.0",\
                 a version that cannot stand for it""",
                refusal(new Linker<Things>().define(newer), "things"));
    }

    @Test
    void aMissingFunctionAndATypeThatDiffersAreBothListed() {
        Offer.Resource thing = Offer.Resource.of("thing", Things.Thing.class);
        FunctionType number = new FunctionType(
                List.of(new FunctionType.Param(
                        "self", new dev.virga.component.type.ValueType.Borrow(thing.type()))),
                Optional.of(Primitive.STRING),
                false);
        Linker<Void> linker = new Linker<Void>()
                .define(
                        "test:host/things@0.2.1",
                        new Offer.Instance(Map.of(
                                "thing", thing, "[method]thing.number", new Offer.Func(number, _ -> "one"))));
        String refusal = refusal(linker, "things");
        assertTrue(refusal.startsWith("4 imports are not met:"), refusal);
        assertTrue(
                refusal.contains("\"test:host/things@0.2.1\" \"[constructor]thing\": func is missing"), refusal);
        assertTrue(
                refusal.contains("\"test:host/things@0.2.1\" \"[method]thing.number\": wants"
                        + " func(self: borrow<thing>) -> u32, but what is offered is"
                        + " func(self: borrow<thing>) -> string"),
                refusal);
    }

    @Test
    void anImportOfAnotherKindIsToldOf() {
        Linker<Void> linker = new Linker<Void>().define("host-add", new Offer.Instance(Map.of()));
        assertEquals(
                """
                an import is not met:
                  "host-add": expected func found instance""",
                refusal(linker, "calls"));
    }

    @Test
    void versionsOfOneLineInterchange() {
        PreparedComponent<Things> prepared = Things.prepared(); // imports 0.2.1, offered is 0.2.5
        try (ComponentInstance instance = prepared.instantiate(new Things(), Limiter.UNLIMITED)) {
            assertEquals(1, prepared.function("make").orElseThrow().call(instance, 1));
        }
    }

    @Test
    void theExportsOfTwoInstancesAreTypesOfTheirOwn() {
        PreparedComponent<Void> counters = new Linker<Void>().prepare(Guests.load("counters"));
        try (ComponentInstance one = counters.instantiate(null, Limiter.UNLIMITED);
                ComponentInstance two = counters.instantiate(null, Limiter.UNLIMITED)) {
            PreparedComponent<Void> user =
                    new Linker<Void>().define("one", one).define("two", two).prepare(Guests.load("user"));
            try (ComponentInstance instance = user.instantiate(null, Limiter.UNLIMITED)) {
                assertEquals(304, user.function("sum").orElseThrow().call(instance, 3, 4));
                ExportedFunction dropped = counters.function("dropped").orElseThrow();
                assertEquals(3, dropped.call(one));
                assertEquals(4, dropped.call(two));
                ExportedFunction confuse = user.function("confuse").orElseThrow();
                assertEquals(
                        "handle index 2 used with the wrong type, expected guest-defined resource"
                                + " but found a different guest-defined resource",
                        assertThrows(dev.virga.engine.Trap.class, () -> confuse.call(instance, 1))
                                .getMessage());
            }
        }
    }

    @Test
    void aDynamicFunctionGetsAndGivesPlainValues() {
        PreparedComponent<Void> prepared = new Linker<Void>()
                .define("host-add", new Offer.Func(ADD, args -> (int) args[0] + (int) args[1]))
                .prepare(Guests.load("calls"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            assertEquals(42, prepared.function("host-add").orElseThrow().call(instance, 40, 2));
        }
    }

    @Test
    void componentsAndModulesAreImportedToo() {
        PreparedComponent<Void> prepared = new Linker<Void>()
                .define("adder", new Offer.Subcomponent(Guests.load("adder")))
                .define("answer", Guests.module("0061736d010000000105016000017f03020100070a0106616e7377657200000a06010400412a0b"))
                .prepare(Guests.load("host-component"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            assertEquals(5, prepared.function("add").orElseThrow().call(instance, 2, 3));
            assertEquals(42, prepared.function("answer").orElseThrow().call(instance));
        }
    }

    @Test
    void aComponentThatDoesNotFitIsRefused() {
        Linker<Void> linker = new Linker<Void>()
                .define("adder", new Offer.Subcomponent(Guests.load("counters")))
                .define("answer", Guests.module("0061736d01000000"));
        assertEquals(
                """
                2 imports are not met:
                  "adder" "add": func is missing
                  "answer" export "answer": is missing""",
                refusal(linker, "host-component"));
    }

    @Test
    void componentsThatMultiplyAreRefused() {
        Component doubling = Guests.load("doubling");
        assertEquals(
                "more than 10000 component instances",
                assertThrows(ComponentException.Unsupported.class, () -> new Linker<Void>().prepare(doubling))
                        .getMessage());
    }

    @Test
    void anExportIsFoundByItsPathOrNotAtAll() {
        PreparedComponent<Things> prepared = Things.prepared();
        assertTrue(prepared.function("make").isPresent());
        assertSame(prepared.function("make").orElseThrow(), prepared.function("make").orElseThrow());
        assertTrue(prepared.function("mark").isEmpty());
        assertTrue(prepared.function("make", "make").isEmpty());
    }
}
