package dev.virga.plugin.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.engine.Limiter;
import dev.virga.plugin.Guests;
import dev.virga.plugin.Handled;
import dev.virga.plugin.Incoming;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a message, whichever backend it comes from. */
class DeliveriesTest {

    private final List<String> log = new ArrayList<>();
    private final PluginHost host = new LoggingHost(log);
    private final MemoryBackend backend = new MemoryBackend(10, 10 << 20, host);
    private final Subscription subscription = MessagingBackendContract.subscription("a", "x", "g", 1);

    @AfterEach
    void close() {
        backend.close();
    }

    private Deliveries deliveries(Function<Message, Optional<String>> handler, int maxDeliver, String deadLetter) {
        return new Deliveries(subscription, handler, maxDeliver, Optional.of(deadLetter), backend, host);
    }

    @Test
    void whatIsTooLongIsPutAwayWithoutACall() throws InterruptedException {
        Received dead = new Received();
        backend.subscribe(MessagingBackendContract.subscription("a", "dead", "", 1), dead);
        Deliveries deliveries = deliveries(
                _ -> {
                    throw new AssertionError("called");
                },
                5,
                "dead");
        byte[] body = new byte[subscription.limits().messageBytes() + 1];
        assertEquals(Optional.empty(), deliveries.receive(new Message("x", body), 1));
        Message letter = dead.next();
        assertEquals(body.length, letter.body().length);
        assertEquals(
                Map.of(
                        "Virga-Subject", "x",
                        "Virga-Failure", "it has 1048577 bytes; at most 1048576 are allowed",
                        "Virga-Deliveries", "1"),
                letter.headers());
    }

    @Test
    void pausesGrowAndEnd() throws InterruptedException {
        Deliveries deliveries = deliveries(_ -> Optional.of("no"), Integer.MAX_VALUE, "dead");
        Message message = new Message("x", new byte[0]);
        assertEquals(Optional.of(Duration.ofMillis(100)), deliveries.receive(message, 1));
        assertEquals(Optional.of(Duration.ofMillis(200)), deliveries.receive(message, 2));
        assertEquals(Optional.of(Duration.ofSeconds(30)), deliveries.receive(message, 20));
        assertEquals(Optional.of(Duration.ofSeconds(30)), deliveries.receive(message, Integer.MAX_VALUE - 1));
    }

    @Test
    void aWorkloadThatIsBusyIsNoFaultOfTheMessage() throws InterruptedException {
        Deliveries deliveries = deliveries(
                _ -> {
                    throw new PluginException.Unavailable("too many calls wait");
                },
                1,
                "dead");
        assertEquals(Optional.of(Duration.ofMillis(100)), deliveries.receive(new Message("x", new byte[0]), 1));
    }

    @Test
    void whatAGuestSaysCannotHarmTheLog() throws InterruptedException {
        Deliveries deliveries = deliveries(_ -> Optional.of("\u001b[2J\n" + "x".repeat(10_000)), 1, "dead");
        for (int i = 0; i < 1000; i++) {
            deliveries.receive(new Message("x", new byte[0]), 1);
        }
        assertTrue(log.size() >= 20 && log.size() < 30, () -> log.size() + " lines");
        assertEquals(
                "a/w: a message of x is given up after 1 of 1 deliveries: ?[2J?" + "x".repeat(258) + "...",
                log.getFirst());
    }

    @Test
    void theTraceOfAMessageGoesOn() throws InterruptedException {
        List<Incoming> causes = new ArrayList<>();
        Guests guests = new Guests() {
            @Override
            public boolean export(Handled<?> handled) {
                return true;
            }

            @Override
            public Limiter limiter() {
                return Limiter.UNLIMITED;
            }

            @Override
            public <I, R> R call(Handled<I> handled, Incoming cause, BiFunction<I, InstanceContext, R> call) {
                causes.add(cause);
                WasmcloudHandler handler = _ -> Result.ok();
                return call.apply(handled.api().cast(handler), null);
            }
        };
        Map<String, String> headers =
                Map.of("Traceparent", "00-1-2-01", "tracestate", "a=b", "other", "x", "baggage", "a\r\nb");
        deliveries(Deliveries.wasmcloud(guests, "nats"), 1, "dead")
                .receive(new Message("x", headers, new byte[0], Optional.empty()), 1);
        assertEquals(
                List.of(new Incoming("nats", "x", Map.of("traceparent", "00-1-2-01", "tracestate", "a=b"))), causes);
        assertEquals(
                Map.of("k", "v", "traceparent", "00-1-2-01"),
                Headers.traced(Map.of("k", "v"), Map.of("traceparent", "00-1-2-01", "x", "y")));
    }
}
