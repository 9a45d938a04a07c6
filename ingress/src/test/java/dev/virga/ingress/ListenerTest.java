package dev.virga.ingress;

import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is told of each request. */
class ListenerTest {

    private record Told(String id, Optional<String> parent, Optional<String> route, IngressListener.Outcome outcome) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private Told ask(String... headers) throws Exception {
        ServeOptions plain = Servers.options(Servers.LIMITS);
        IngressListener listener = new IngressListener() {
            @Override
            public void begun(Exchange exchange) {
                assertTrue(exchange.route().isEmpty());
            }

            @Override
            public void ended(Exchange exchange, Outcome outcome) {
                told.add(new Told(exchange.requestId(), exchange.traceparent(), exchange.route().map(Route::toString), outcome));
            }
        };
        ServeOptions options = new ServeOptions(
                plain.address(), plain.tls(), plain.limits(), plain.grace(), plain.accessLog(), Optional.empty(),
                Optional.of(listener));
        try (HttpServer server = HttpServer.start(options, Tables.router(route("*", "/a", Tables.named("in"))), _ -> {});
                Wire wire = new Wire(server.uri())) {
            wire.send("POST /a/b HTTP/1.1", "Host: h", "Connection: close", "Content-Length: 3");
            for (String header : headers) {
                wire.send(header);
            }
            wire.send("").sendRaw("abc").rest();
            return told.poll(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void statusRouteBytesAndTime() throws Exception {
        Told of = ask();
        assertEquals(Optional.of("*/a"), of.route());
        assertEquals(418, of.outcome().status());
        assertEquals("418 I'm a Teapot: in\n".length(), of.outcome().sent());
        assertTrue(of.outcome().nanos() > 0 && of.outcome().nanos() < 60_000_000_000L);
        assertTrue(of.outcome().whole());
        assertEquals(1 + told.size(), 1);
    }

    @Test
    void aPlainRequestIdIsKeptAndAnyOtherReplaced() throws Exception {
        assertEquals("abc-1", ask("X-Request-Id: abc-1").id());
        String fresh = ask("X-Request-Id: a b").id();
        assertTrue(fresh.matches("[0-9a-f]{16}-\\d+"), fresh);
        assertNotEquals("a", ask("X-Request-Id: a", "X-Request-Id: b").id());
        assertTrue(ask("X-Request-Id: " + "x".repeat(65)).id().length() < 40);
    }

    @Test
    void aTraceContextIsThereIfItsFormIsRight() throws Exception {
        String right = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertEquals(Optional.of(right), ask("traceparent: " + right).parent());
        assertEquals(Optional.empty(), ask("traceparent: 00-00000000000000000000000000000000-b7ad6b7169203331-01").parent());
        assertEquals(Optional.empty(), ask("traceparent: x").parent());
        assertEquals(Optional.empty(), ask().parent());
    }
}
