package dev.virga.ingress;

import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Begins to close it, and returns when it takes no connections any more. */
    private static Thread close(HttpServer server) {
        InetSocketAddress address = new InetSocketAddress(server.uri().getHost(), server.uri().getPort());
        Thread closing = Thread.startVirtualThread(server::close);
        while (true) {
            try (Socket probe = new Socket()) {
                // the system may lose an attempt that meets the closing, and tries again after a second only
                probe.connect(address, 50);
            } catch (SocketTimeoutException e) {
                // so we try sooner
            } catch (IOException e) {
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
            assertTrue(response.contains("Connection: close\r\n") && response.endsWith(": done\n"), response);
            closing.join();
        }
    }

    @Test
    void aConnectionThatHasLongBeenIdleHasItsLastCallToo() throws Exception {
        go.countDown();
        HttpServer server = server();
        try (Wire wire = new Wire(server.uri())) {
            wire.send("GET / HTTP/1.1", "Host: h", "");
            wire.until(": done\n");
            Thread.sleep(Connections.LAST_CALL); // being idle takes time
            Thread closing = close(server);
            Thread.sleep(Connections.LAST_CALL.dividedBy(2));
            wire.send("GET / HTTP/1.1", "Host: h", "");
            String response = wire.rest();
            assertTrue(response.contains("Connection: close\r\n") && response.endsWith(": done\n"), response);
            closing.join();
        }
    }

    /** Nothing would stop it once the server's clock is gone. */
    @Test
    void aRequestOfTheLastCallThatTakesTooLongIsInterrupted() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        ServeOptions options = Servers.options(Servers.LIMITS);
        AtomicInteger count = new AtomicInteger();
        HttpServer server = HttpServer.start(
                new ServeOptions(
                        options.address(), options.tls(), options.limits(), Duration.ofSeconds(2), options.accessLog(),
                        options.forwarding(), options.listener()),
                exchange -> {
                    if (count.getAndIncrement() > 0) {
                        exchange.onInterrupt(_ -> stopped.countDown());
                        await(stopped);
                    }
                    exchange.refuse(new Refusal(418, "done"));
                },
                line -> {});
        try (Wire wire = new Wire(server.uri())) {
            wire.send("GET / HTTP/1.1", "Host: h", "");
            wire.until(": done\n");
            Thread closing = close(server);
            wire.send("GET / HTTP/1.1", "Host: h", "");
            closing.join();
            assertEquals(0, stopped.getCount());
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
