package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Things.Thing;
import dev.virga.engine.Limiter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTraceTest {

    private record Call(String function, List<Object> arguments, Object outcome) {}

    private static final class Trace implements CallTrace {
        private final List<Call> calls = new ArrayList<>();

        @Override
        public void returned(String function, Object[] arguments, Object result, long nanos) {
            assertTrue(nanos >= 0);
            calls.add(new Call(function, Arrays.asList(arguments), result));
        }

        @Override
        public void failed(String function, Object[] arguments, Throwable failure, long nanos) {
            calls.add(new Call(function, Arrays.asList(arguments), failure));
        }
    }

    private final Trace trace = new Trace();
    private final Things host = new Things();

    private PreparedComponent<Things> prepared() {
        return new Linker<Things>()
                .define(Things.offered())
                .trace(trace)
                .prepare(Guests.load("things"));
    }

    @Test
    void callsAreToldWithWhatTheHostGotAndGave() {
        PreparedComponent<Things> prepared = prepared();
        try (ComponentInstance instance = prepared.instantiate(host, Limiter.UNLIMITED)) {
            int index = (int) prepared.function("make").orElseThrow().call(instance, 7);
            assertEquals(7, prepared.function("number").orElseThrow().call(instance, index));
        }
        Thing made = host.made.getFirst();
        assertEquals(
                List.of(
                        new Call("test:host/things@0.2.5 [constructor]thing", List.of(7), made),
                        new Call("test:host/things@0.2.5 [method]thing.number", List.of(made), 7)),
                trace.calls);
    }

    @Test
    void anExceptionIsToldAndGoesOn() {
        IllegalStateException failure = new IllegalStateException("no");
        Things failing = new Things() {
            @Override
            public Thing newThing(int number) {
                throw failure;
            }
        };
        PreparedComponent<Things> prepared = prepared();
        try (ComponentInstance instance = prepared.instantiate(failing, Limiter.UNLIMITED)) {
            ExportedFunction make = prepared.function("make").orElseThrow();
            assertSame(failure, assertThrows(IllegalStateException.class, () -> make.call(instance, 7)));
        }
        assertEquals(
                List.of(new Call("test:host/things@0.2.5 [constructor]thing", List.of(7), failure)), trace.calls);
    }
}
