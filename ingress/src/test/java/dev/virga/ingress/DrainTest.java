package dev.virga.ingress;

import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.junit.jupiter.api.Test;

/** A server that is told to stop loses no request. */
class DrainTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    /** Counted when the first request is over for the server too, which is a little later than for its client. */
    private final CountDownLatch over = new CountDownLatch(1);

    private HttpServer server() {
        ServeOptions options = Servers.options(Servers.LIMITS);
        return HttpServer.start(
                new ServeOptions(
                        options.address(),
                        options.tls(),
                        options.limits(),
                        options.grace(),
                        options.accessLog(),
                        options.forwarding(),
                        Optional.of(new IngressListener() {
                            @Override
                            public void begun(Exchange exchange) {}

                            @Override
                            public void ended(Exchange exchange, Outcome outcome) {
                                over.countDown();
                            }
                        })),
                Tables.router(route("*", "/", exchange -> {
                    begun.countDown();
                    await(go);
                    exchange.refuse(new Refusal(418, "done"));
                })),
                line -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread close(HttpServer server) throws Exception {
        java.net.URI uri = server.uri();
        Thread closing = Thread.startVirtualThread(server::close);
        while (true) {
            try (Wire probe = new Wire(uri)) {
                Thread.onSpinWait();
            } catch (SocketException e) {
                return closing;
            }
        }
    }

    @Test
    void requestsUnderWayAreAnsweredAndTheirConnectionsEnd() throws Exception {
        HttpServer server = server();
        try (Wire wire = new Wire(server.uri())) {
            wire.send("GET / HTTP/1.1", "Host: h", "");
            await(begun);
            Thread closing = close(server);
            go.countDown();
            String response = wire.rest();
            assertTrue(response.contains("Connection: close\r\n") && response.endsWith(": done\n"), response);
            closing.join();
        }
    }

    /** Or the connection ends without a byte of an answer, so that the client may send it again (RFC 9112, 9.5). */
    @Test
    void aRequestThatStillComesOnAnOpenConnectionIsAnswered() throws Exception {
        go.countDown();
        HttpServer server = server();
        try (Wire wire = new Wire(server.uri())) {
            wire.send("GET / HTTP/1.1", "Host: h", "");
            wire.until(": done\n");
            await(over);
            Thread closing = close(server);
            wire.send("GET / HTTP/1.1", "Host: h", "");
            String response = wire.rest();
            boolean whole = response.contains("Connection: close\r\n") && response.endsWith(": done\n");
            assertTrue(whole || response.isEmpty(), response);
            closing.join();
        }
    }

    @Test
    void anIdleConnectionDoesNotHoldTheServerUp() throws Exception {
        go.countDown();
        HttpServer server = server();
        try (Wire wire = new Wire(server.uri())) {
            wire.send("GET / HTTP/1.1", "Host: h", "");
            wire.until(": done\n");
            long start = System.nanoTime();
            server.close();
            assertEquals("", wire.rest());
            assertTrue(System.nanoTime() - start < 5_000_000_000L, "waited for the whole grace");
        }
    }

    @Test
    void http2ClientsAreToldToGoAndGetTheirAnswers() throws Exception {
        CompletableFuture<GoAwayFrame> told = new CompletableFuture<>();
        HttpServer server = server();
        try (Http2 http2 = new Http2(server, new Session.Listener() {
            @Override
            public void onGoAway(Session session, GoAwayFrame frame) {
                told.complete(frame);
            }
        })) {
            CompletableFuture<Integer> status = new CompletableFuture<>();
            http2.session().newStream(
                    new HeadersFrame(Http2.request("GET", "h", "/", HttpFields.EMPTY), null, true), new Stream.Listener() {
                        @Override
                        public void onHeaders(Stream stream, HeadersFrame frame) {
                            status.complete(((MetaData.Response) frame.getMetaData()).getStatus());
                        }
                    });
            await(begun);
            Thread closing = close(server);
            assertEquals(0, told.get(30, TimeUnit.SECONDS).getError());
            go.countDown();
            assertEquals(418, status.get(30, TimeUnit.SECONDS));
            closing.join();
        }
    }
}
