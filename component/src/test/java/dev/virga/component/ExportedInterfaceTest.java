package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Exported functions called through a Java interface. */
class ExportedInterfaceTest {

    interface Calls {
        int add(int a, int b);

        int hostAdd(int a, int b);

        String twice(String text);

        default String fourTimes(String text) {
            return twice(twice(text));
        }
    }

    interface Counters {
        Counter newCounter(int value);

        int dropped();
    }

    interface Counter extends AutoCloseable {
        int value();

        Counter merge(Counter other);

        @Override
        void close();
    }

    interface RawCounters {
        GuestResource newCounter(int value);
    }

    interface Wrong {
        int add(int a);

        String hostAdd(int a, int b);

        int addd(int a, int b);
    }

    private static PreparedComponent<Void> calls() {
        FunctionType.Param a = new FunctionType.Param("a", Primitive.U32);
        FunctionType.Param b = new FunctionType.Param("b", Primitive.U32);
        FunctionType add = new FunctionType(List.of(a, b), Optional.of(Primitive.U32), false);
        return new Linker<Void>()
                .define("host-add", new Offer.Func(add, args -> (int) args[0] + (int) args[1]))
                .prepare(Guests.load("calls"));
    }

    @Test
    void methodsCallTheFunctionsOfTheirNames() {
        PreparedComponent<Void> prepared = calls();
        ExportedInterface<Calls> exported = prepared.exported(Calls.class);
        try (ComponentInstance one = prepared.instantiate(null, Limiter.UNLIMITED);
                ComponentInstance two = prepared.instantiate(null, Limiter.UNLIMITED)) {
            assertEquals(5, exported.of(one).add(2, 3));
            assertEquals(7, exported.of(two).hostAdd(3, 4));
            assertEquals("ababab" + "ab", exported.of(one).fourTimes("ab"));
        }
    }

    @Test
    void aResourceIsAnInterfaceWithItsMethods() {
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(Guests.load("counters"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            Counters counters = prepared.exported(Counters.class).of(instance);
            try (Counter three = counters.newCounter(3)) {
                Counter four = counters.newCounter(4);
                assertEquals(4, four.value());
                Counter seven = three.merge(four);
                assertEquals(7, seven.value());
                seven.close();
            }
            assertEquals(4 + 7 + 3, counters.dropped());
        }
    }

    @Test
    void aResourceThatWasGivenAwayIsGone() {
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(Guests.load("counters"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            Counters counters = prepared.exported(Counters.class).of(instance);
            Counter one = counters.newCounter(1);
            counters.newCounter(2).merge(one);
            assertThrows(IllegalStateException.class, one::value);
        }
    }

    @Test
    void aResourceOfAnotherMakingIsRefused() {
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(Guests.load("counters"));
        Counter foreign = new Counter() {
            @Override
            public int value() {
                return 0;
            }

            @Override
            public Counter merge(Counter other) {
                return other;
            }

            @Override
            public void close() {}
        };
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED)) {
            Counter three = prepared.exported(Counters.class).of(instance).newCounter(3);
            assertThrows(IllegalArgumentException.class, () -> three.merge(foreign));
        }
    }

    @Test
    void aResourceMayStayAGuestResource() {
        PreparedComponent<Void> prepared = new Linker<Void>().prepare(Guests.load("counters"));
        try (ComponentInstance instance = prepared.instantiate(null, Limiter.UNLIMITED);
                GuestResource counter = prepared.exported(RawCounters.class).of(instance).newCounter(1)) {
            assertEquals("counter", counter.type().name());
        }
    }

    @Test
    void everyMethodThatDoesNotFitIsNamed() {
        PreparedComponent<Void> prepared = calls();
        String message = assertThrows(IllegalArgumentException.class, () -> prepared.exported(Wrong.class))
                .getMessage();
        assertTrue(message.contains("Wrong.add: the function takes 2 parameters, not 1"), message);
        assertTrue(message.contains("Wrong.hostAdd: u32 is int in Java, not java.lang.String"), message);
        assertTrue(message.contains("Wrong.addd: no exported function is called so"), message);
    }

    @Test
    void anInterfaceThatIsNotExportedIsNamed() {
        PreparedComponent<Void> prepared = calls();
        String message = assertThrows(
                        IllegalArgumentException.class, () -> prepared.exported("my:own/thing", Calls.class))
                .getMessage();
        assertTrue(message.contains("my:own/thing"), message);
    }

    @Test
    void anInstanceOfAnotherComponentIsRefused() {
        ExportedInterface<Calls> exported = calls().exported(Calls.class);
        PreparedComponent<Void> other = new Linker<Void>().prepare(Guests.load("counters"));
        try (ComponentInstance stranger = other.instantiate(null, Limiter.UNLIMITED)) {
            assertThrows(IllegalArgumentException.class, () -> exported.of(stranger));
        }
    }
}
