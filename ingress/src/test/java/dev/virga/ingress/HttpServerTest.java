package dev.virga.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own duties, with a service in Java behind it. */
class HttpServerTest {

    private static final ServeLimits LIMITS = ServeLimits.DEFAULT;

    private static ServeLimits small() {
        return new ServeLimits(1024, 8, 10, 1000, 1000, LIMITS.requestTime(), LIMITS.idleTime());
    }

    private static ServeLimits requests(int connections, int requests, Duration time) {
        return new ServeLimits(
                LIMITS.headerBytes(), LIMITS.headerCount(), LIMITS.bodyBytes(), connections, requests, time,
                LIMITS.idleTime());
    }

    private static String exchange(HttpServer server, String... lines) throws IOException {
        try (Wire wire = new Wire(server.uri())) {
            return wire.send(lines).rest();
        }
    }

    @Test
    void anAddressInUseIsOneClearError() {
        try (HttpServer first = Servers.java(LIMITS, _ -> {})) {
            ServeOptions same = new ServeOptions(
                    new InetSocketAddress("127.0.0.1", first.uri().getPort()), Optional.empty(), LIMITS,
                    Duration.ZERO, AccessLog.OFF, Optional.empty(), Optional.empty());
            ServeException thrown =
                    assertThrows(ServeException.Address.class, () -> HttpServer.start(same, _ -> {}, _ -> {}));
            assertTrue(thrown.getMessage().startsWith(
                    "cannot listen on 127.0.0.1:" + first.uri().getPort() + ": "), thrown.getMessage());
            assertTrue(thrown.getMessage().contains("or 0 for any free port"), thrown.getMessage());
        }
    }

    @Test
    void aHostThatIsNotThisMachineIsOneClearError() {
        ServeOptions foreign = new ServeOptions(
                InetSocketAddress.createUnresolved("nowhere.invalid", 0), Optional.empty(), LIMITS, Duration.ZERO,
                AccessLog.OFF, Optional.empty(), Optional.empty());
        ServeException thrown =
                assertThrows(ServeException.Address.class, () -> HttpServer.start(foreign, _ -> {}, _ -> {}));
        assertTrue(thrown.getMessage().startsWith("cannot listen on nowhere.invalid:0: "), thrown.getMessage());
    }

    @Test
    void headersBeyondTheLimitsGive431() throws IOException {
        try (HttpServer server = Servers.java(small(), _ -> {})) {
            String large = exchange(server, "GET / HTTP/1.1", "Host: h", "X: " + "x".repeat(2000), "");
            assertTrue(large.startsWith("HTTP/1.1 431 "), large);
            String many = exchange(
                    server, "GET / HTTP/1.1", "Host: h", "Connection: close",
                    "a: 1", "a: 2", "a: 3", "a: 4", "a: 5", "a: 6", "a: 7", "");
            assertTrue(many.startsWith("HTTP/1.1 431 "), many);
        }
    }

    @Test
    void anAnnouncedBodyBeyondTheLimitGives413() throws IOException {
        try (HttpServer server = Servers.java(small(), _ -> {})) {
            String response = exchange(server, "POST / HTTP/1.1", "Host: h", "Connection: close", "Content-Length: 11", "");
            assertTrue(response.startsWith("HTTP/1.1 413 "), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: 3\r\nContent-Length: 4",
        "Content-Length: 3\r\nTransfer-Encoding: chunked",
        "Content-Length: +3",
        "Content-Length: 0x3",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
        "X: a\u0000b",
        " folded: x",
    })
    void aRequestThatCouldBeReadInTwoWaysGives400(String headers) throws IOException {
        AtomicInteger served = new AtomicInteger();
        try (HttpServer server = Servers.java(LIMITS, _ -> served.incrementAndGet())) {
            String response = exchange(
                    server, "POST / HTTP/1.1", "Host: h", headers, "", "3", "abc", "0", "", "GET /smuggled HTTP/1.1", "Host: h", "");
            assertTrue(response.startsWith("HTTP/1.1 400 "), response);
            assertEquals(0, served.get());
        }
    }

    @Test
    void aServiceThatFailsGives500AndTheServerGoesOn() throws IOException {
        try (HttpServer server = Servers.java(LIMITS, _ -> {
            throw new IllegalStateException("on purpose");
        })) {
            for (int i = 0; i < 2; i++) {
                String response = exchange(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "");
                assertTrue(response.startsWith("HTTP/1.1 500 "), response);
                assertTrue(response.endsWith("500 Server Error\n"), response);
            }
        }
    }

    @Test
    void aRequestThatTakesTooLongIsInterruptedAndGives504() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Service service = exchange -> {
            exchange.onInterrupt(_ -> interrupted.countDown());
            await(interrupted);
        };
        try (HttpServer server = Servers.java(requests(10, 10, Duration.ofMillis(200)), service)) {
            String response = exchange(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "");
            assertTrue(response.startsWith("HTTP/1.1 504 "), response);
        }
    }

    /** Given and not sent yet, as it may happen just when the time is over. */
    @Test
    void aHeadThatHasNotGoneOutMakesWayForThe504() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Service service = exchange -> {
            exchange.begin();
            exchange.onInterrupt(_ -> interrupted.countDown());
            await(interrupted);
        };
        try (HttpServer server = Servers.java(requests(10, 10, Duration.ofMillis(200)), service)) {
            String response = exchange(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "");
            assertTrue(response.startsWith("HTTP/1.1 504 ") && response.contains("longer than 200 ms"), response);
        }
    }

    @Test
    void requestsBeyondTheLimitWaitForTheirTurn() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Service service = _ -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            first.countDown();
            await(go);
            running.decrementAndGet();
        };
        try (HttpServer server = Servers.java(requests(10, 1, Duration.ofSeconds(30)), service);
                Wire one = new Wire(server.uri());
                Wire two = new Wire(server.uri())) {
            one.send("GET / HTTP/1.1", "Host: h", "Connection: close", "");
            await(first);
            two.send("GET / HTTP/1.1", "Host: h", "Connection: close", "");
            go.countDown();
            assertTrue(one.rest().startsWith("HTTP/1.1 500"));
            assertTrue(two.rest().startsWith("HTTP/1.1 500"));
            assertEquals(1, most.get());
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitToBeAccepted() throws Exception {
        try (HttpServer server = Servers.java(requests(1, 10, Duration.ofSeconds(30)), _ -> {});
                Wire one = new Wire(server.uri())) {
            one.send("GET / HTTP/1.1", "Host: h", "");
            one.head();
            try (Wire two = new Wire(server.uri())) {
                two.send("GET / HTTP/1.1", "Host: h", "Connection: close", "");
                one.close();
                assertTrue(two.rest().startsWith("HTTP/1.1 500"));
            }
        }
    }

    @Test
    void stoppingLetsRequestsEndAndAcceptsNoMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HttpServer server = Servers.java(LIMITS, _ -> {
            begun.countDown();
            await(go);
        });
        URI uri = server.uri(); // a server that has stopped has no port any more
        try (Wire wire = new Wire(uri)) {
            wire.send("GET / HTTP/1.1", "Host: h", "");
            await(begun);
            Thread stopping = Thread.startVirtualThread(server::close);
            while (accepts(uri)) {
                Thread.onSpinWait();
            }
            go.countDown();
            assertTrue(wire.rest().startsWith("HTTP/1.1 500"), "cut off");
            stopping.join();
        }
    }

    private static boolean accepts(URI uri) throws IOException {
        try (Wire probe = new Wire(uri)) {
            return true;
        } catch (SocketException e) {
            // refused, or reset where the port closes just then
            return false;
        }
    }

    @Test
    void requestsThatOutlastTheGraceAreInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ServeOptions hasty = new ServeOptions(
                new InetSocketAddress("127.0.0.1", 0), Optional.empty(), LIMITS, Duration.ofMillis(100), AccessLog.OFF, Optional.empty(), Optional.empty());
        HttpServer server = HttpServer.start(
                hasty,
                exchange -> {
                    exchange.onInterrupt(_ -> interrupted.countDown());
                    begun.countDown();
                    await(interrupted);
                },
                _ -> {});
        try (Wire wire = new Wire(server.uri())) {
            wire.send("GET / HTTP/1.1", "Host: h", "");
            await(begun);
            server.close();
            assertTrue(wire.rest().startsWith("HTTP/1.1 503"));
        }
    }

    @Test
    void theAccessLogHasOneLineARequest() throws Exception {
        Lines log = new Lines();
        ServeOptions logging = new ServeOptions(
                new InetSocketAddress("127.0.0.1", 0), Optional.empty(), LIMITS, Duration.ofSeconds(1), AccessLog.COMBINED, Optional.empty(), Optional.empty());
        try (HttpServer server = HttpServer.start(logging, _ -> {}, log)) {
            exchange(server, "GET /a?b HTTP/1.1", "Host: h", "User-Agent: me\u009b2J", "Connection: close", "");
            String line = log.await("\"GET ");
            assertTrue(line.matches(
                    "127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:[\\d:]{8} \\+0000] \"GET /a\\?b HTTP/1\\.1\" 500 17 \"-?\" \"me\\?2J\""),
                    line);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
