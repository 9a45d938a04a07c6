package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingOffTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final ServerRequest REQUEST =
            new ServerRequest(Setup.SHOP, "GET", "http", "/", "shop.example", 80, "/");

    private final Tracing off = new Tracing(Optional.empty());

    @Test
    void whatCameInGoesOnUnchanged() {
        Map<String, String> incoming = Map.of("traceparent", PARENT, "tracestate", "a=1,b=2");
        Span span = off.server(REQUEST, TraceContext.of(incoming::get))
                .link("api", "shop:prices/list@1.0.0", "get")
                .outgoing("GET", "http", "example.com", 80, "/");
        assertEquals(incoming, span.context().headers());
        assertEquals("0af7651916cd43dd8448eb211c80319c", span.traceId());
        assertEquals("b7ad6b7169203331", span.spanId());
        span.status(500);
        span.close();
        assertFalse(off.on());
        assertSame(span, span.storing("redis", "get", "b"));
        assertSame(span, span.sending("nats", "publish", "orders"));
    }

    @Test
    void withoutATraceThereIsNothingToPassOnAndNothingIsMade() {
        Span span = off.message(Setup.SHOP, "nats", "orders", TraceContext.of(name -> null));
        assertSame(Span.NONE, span);
        assertEquals(Map.of(), span.context().headers());
        assertEquals("", span.traceId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-zzf7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    void whatIsNoTraceHasNoId(String parent) {
        assertEquals("", off.server(REQUEST, TraceContext.of(Map.of("traceparent", parent)::get)).traceId());
    }

    @Test
    void whatIsTooLongIsNotPassedOn() {
        assertSame(TraceContext.NONE, TraceContext.of(Map.of("traceparent", PARENT + "x".repeat(100))::get));
        assertEquals(Map.of("traceparent", PARENT),
                TraceContext.of(Map.of("traceparent", PARENT, "tracestate", "x".repeat(2000))::get).headers());
    }

    /** Otherwise, where an implementation is the first to be used, it has the constant before it is set. */
    @Test
    void spansHaveNoDefaultMethods() {
        assertTrue(Stream.of(Span.class.getMethods()).noneMatch(Method::isDefault));
    }
}
