package dev.virga.ingress;

import static dev.virga.ingress.Tables.named;
import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.Flags;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.FrameType;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean no good: the others are answered as before. */
class HostileClientTest {

    private static final Router ROUTER = Tables.router(route("*", "/", named("in")), route("a.test", "/", named("a")));

    private static ServeLimits limits(Duration idle) {
        return new ServeLimits(4096, 20, 1 << 20, 100, 100, Duration.ofSeconds(60), idle);
    }

    private static HttpServer server() {
        return Servers.java(limits(Duration.ofSeconds(30)), ROUTER);
    }

    private static void assertGoesOn(HttpServer server) throws IOException {
        try (Wire wire = new Wire(server.uri())) {
            String response = wire.send("GET / HTTP/1.1", "Host: h", "Connection: close", "").rest();
            assertTrue(response.endsWith(": in\n"), response);
        }
    }

    /** A byte now and then keeps the library's idle time from ever ending. */
    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1\r\nHost: h\r\nX: ", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"})
    void aHeadThatComesInDropsIsCutOff(String start) throws Exception {
        try (HttpServer server = Servers.java(limits(Duration.ofMillis(400)), ROUTER); Wire wire = new Wire(server.uri())) {
            wire.sendRaw(start);
            CompletableFuture<String> rest = new CompletableFuture<>();
            Thread.startVirtualThread(() -> rest.complete(wire.rest()));
            long begun = System.nanoTime();
            while (!rest.isDone() && System.nanoTime() - begun < 20_000_000_000L) {
                try {
                    wire.sendRaw("x");
                    rest.get(50, TimeUnit.MILLISECONDS);
                } catch (java.util.concurrent.TimeoutException e) {
                    // still open: the next drop
                } catch (IOException e) {
                    break;
                }
            }
            assertTrue(rest.isDone() || !rest.get(1, TimeUnit.SECONDS).isEmpty(), "still open");
            assertTrue(System.nanoTime() - begun < 10_000_000_000L, "closed too late");
            assertGoesOn(server);
        }
    }

    @Test
    void aConnectionInUseOutlivesTheIdleTime() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Service slow = exchange -> {
            try {
                go.await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.refuse(new Refusal(418, "late"));
        };
        try (HttpServer server = Servers.java(limits(Duration.ofMillis(300)), Tables.router(route("*", "/", slow)));
                Wire wire = new Wire(server.uri())) {
            assertTrue(wire.send("GET / HTTP/1.1", "Host: h", "Connection: close", "").rest().endsWith(": late\n"));
        }
    }

    private static MetaData.Response answer(Http2 http2, MetaData.Request request) throws Exception {
        CompletableFuture<MetaData.Response> answer = new CompletableFuture<>();
        http2.session().newStream(new HeadersFrame(request, null, true), new Stream.Listener() {
            @Override
            public void onHeaders(Stream stream, HeadersFrame frame) {
                answer.complete((MetaData.Response) frame.getMetaData());
            }

            @Override
            public void onReset(Stream stream, ResetFrame frame, Callback callback) {
                answer.completeExceptionally(new IOException("reset " + frame.getError()));
                callback.succeeded();
            }
        });
        return answer.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aHostThatContradictsTheAuthorityIsRefused() throws Exception {
        try (HttpServer server = server(); Http2 http2 = new Http2(server, new Session.Listener() {})) {
            assertEquals(418, answer(http2, Http2.request("GET", "a.test", "/", HttpFields.EMPTY)).getStatus());
            assertEquals(418, answer(http2, Http2.request("GET", "a.test", "/", HttpFields.build().put("host", "A.test:80"))).getStatus());
            int status;
            try {
                status = answer(http2, Http2.request("GET", "a.test", "/", HttpFields.build().put("host", "b.test"))).getStatus();
            } catch (java.util.concurrent.ExecutionException e) {
                status = 400; // reset as a malformed request
            }
            assertEquals(400, status);
        }
    }

    @Test
    void anAbsoluteTargetThatContradictsTheHostIsRefused() throws IOException {
        try (HttpServer server = server(); Wire wire = new Wire(server.uri())) {
            String response = wire.send("GET http://a.test/ HTTP/1.1", "Host: b.test", "Connection: close", "").rest();
            assertTrue(response.startsWith("HTTP/1.1 400 "), response);
        }
    }

    @Test
    void tooManyHeadersOverHttp2Give431() throws Exception {
        try (HttpServer server = server(); Http2 http2 = new Http2(server, new Session.Listener() {})) {
            HttpFields.Mutable headers = HttpFields.build();
            for (int i = 0; i < 30; i++) {
                headers.add("x-" + i, "y");
            }
            assertEquals(431, answer(http2, Http2.request("GET", "a.test", "/", headers)).getStatus());
        }
    }

    /** One frame of HTTP/2, as {@link Wire} sends it. */
    private static String frame(int type, int flags, int stream, String payload) {
        char[] head = {0, 0, (char) payload.length(), (char) type, (char) flags, 0, 0, 0, (char) stream};
        return new String(head) + payload;
    }

    /** The errors of the GOAWAY frames among these. */
    private static List<Integer> goneAway(String frames) {
        List<Integer> errors = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(frames.getBytes(StandardCharsets.ISO_8859_1));
        while (in.remaining() >= 9) {
            int length = in.getInt(in.position()) >>> 8;
            boolean goAway = in.get(in.position() + 3) == FrameType.GO_AWAY.getType();
            in.position(in.position() + 9);
            if (goAway) {
                errors.add(in.getInt(in.position() + 4));
            }
            in.position(in.position() + length);
        }
        return errors;
    }

    /**
     * All is sent at once, as little as a flood can be: what the server had not read by the time it closes would reset the
     * connection, and its last word might be lost.
     */
    @Test
    void aFloodOfEmptyBodyFramesEndsItsConnectionOnly() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        Service slow = exchange -> {
            exchange.onInterrupt(_ -> hold.countDown());
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Router router = Tables.router(route("*", "/", named("in")), route("*", "/slow", slow));
        String post = "\u0083\u0086\u0004\u0005/slow\u0001\u0001h"; // method and scheme of the table, path and authority
        try (HttpServer server = Servers.java(limits(Duration.ofSeconds(30)), router); Wire wire = new Wire(server.uri())) {
            wire.sendRaw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                    + frame(FrameType.SETTINGS.getType(), 0, 0, "")
                    + frame(FrameType.HEADERS.getType(), Flags.END_HEADERS, 1, post)
                    + frame(FrameType.DATA.getType(), 0, 1, "").repeat(400));
            assertEquals(List.of(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code), goneAway(wire.rest()));
            hold.countDown();
            assertGoesOn(server);
        }
    }
}
