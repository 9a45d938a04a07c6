package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.Limiter;
import dev.virga.wit.Interface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Components that import each other's exports in one instance. */
class LinkedComponentsTest {

    /** What one component's host function gives. */
    private record Number(int value) {
        @SuppressWarnings("unused") // called by guests
        public int get() {
            return value;
        }
    }

    private static final Interface NUMBER =
            Things.wit("package test:link@1.0.0; interface number { get: func() -> u32; }", "number");

    private static final Interface NAME =
            Things.wit("package test:link@1.0.0; interface name { get: func() -> u32; }", "name");

    private static final Linker<Number> HOST =
            new Linker<Number>().define(HostInterface.of(NUMBER, Number.class, (Number n) -> n));

    private static Object sum(Linker<Number> linker, List<Component> components, List<Number> data) {
        PreparedComponent<List<Number>> prepared = linker.prepare(components);
        try (ComponentInstance instance = prepared.instantiate(data, Limiter.UNLIMITED)) {
            return prepared.function("sum").orElseThrow().call(instance);
        }
    }

    @Test
    void eachComponentHasItsOwnDataAndCallsTheOneBefore() {
        assertEquals(
                7103,
                sum(
                        HOST,
                        List.of(Guests.load("linked-name"), Guests.load("linked-sum")),
                        List.of(new Number(3), new Number(7))));
    }

    @Test
    void aFunctionOfAnInstanceIsAskedForOnceForTheComponentThatCalls() {
        FunctionType get = new FunctionType(List.of(), Optional.of(ValueType.Primitive.U32), false);
        List<Number> asked = new ArrayList<>();
        Linker<Number> linker = new Linker<>(HOST).define("test:link/number@1.0.0", new Offer.Instance(Map.of(
                "get", new Offer.InstanceFunc(get, data -> {
                    asked.add((Number) data);
                    return _ -> ((Number) data).value();
                }))));
        List<Component> components = List.of(Guests.load("linked-name"), Guests.load("linked-sum"));
        PreparedComponent<List<Number>> prepared = linker.prepare(components);
        List<Number> data = List.of(new Number(3), new Number(7));
        try (ComponentInstance instance = prepared.instantiate(data, Limiter.UNLIMITED)) {
            ExportedFunction sum = prepared.function("sum").orElseThrow();
            assertEquals(7103, sum.call(instance));
            assertEquals(7103, sum.call(instance));
        }
        assertEquals(Set.copyOf(data), Set.copyOf(asked));
        assertEquals(2, asked.size());
        assertEquals(7103, sum(HOST, components, data), "the copy left the linker as it was");
    }

    @Test
    void aComponentsExportBeatsTheHostsOffer() {
        Linker<Number> both = new Linker<Number>()
                .define(HostInterface.of(NUMBER, Number.class, (Number n) -> n))
                .define(HostInterface.of(NAME, Number.class, (Number _) -> new Number(1_000_000)));
        assertEquals(
                7103,
                sum(
                        both,
                        List.of(Guests.load("linked-name"), Guests.load("linked-sum")),
                        List.of(new Number(3), new Number(7))));
        assertEquals(1_007_000, sum(both, List.of(Guests.load("linked-sum")), List.of(new Number(7))));
    }

    @Test
    void whatNoComponentBeforeExportsIsUnmet() {
        List<Component> wrongOrder = List.of(Guests.load("linked-sum"), Guests.load("linked-name"));
        assertEquals(
                """
                an import is not met:
                  "test:link/name@1.0.0" (instance): not offered; did the component mean "test:link/number@1.0.0"?""",
                assertThrows(ComponentException.Link.class, () -> HOST.prepare(wrongOrder))
                        .getMessage());
    }
}
