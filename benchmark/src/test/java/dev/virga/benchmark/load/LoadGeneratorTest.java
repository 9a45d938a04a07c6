package dev.virga.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorTest {

    private static Target target(InetSocketAddress address) {
        return Target.of(address, "test", "GET", "/", Map.of(), new byte[0]);
    }

    @Test
    void aRateIsKept() throws Exception {
        try (TestServer server = new TestServer((n, exchange) -> TestServer.answer(exchange, 200, "hello"))) {
            LoadResult result = new LoadGenerator(target(server.address()), 4).atRate(200, Duration.ofMillis(500));
            assertEquals(100, result.answered() + result.unsent());
            assertEquals(server.count(), result.answered());
            assertEquals(0, result.failed(), result.firstFailure());
        }
    }

    /**
     * One stall of 400 ms in a second of 100 requests a second over one connection: some 40 requests were due meanwhile
     * and had to wait 200 ms in the middle. A generator that counts from sending would see a single slow request.
     */
    @Test
    void aStallIsChargedToAllRequestsThatWereDueMeanwhile() throws Exception {
        TestServer.Handler stalls = (n, exchange) -> {
            if (n == 20) {
                Thread.sleep(400);
            }
            TestServer.answer(exchange, 200, "");
        };
        try (TestServer server = new TestServer(stalls)) {
            LoadResult result = new LoadGenerator(target(server.address()), 1).atRate(100, Duration.ofSeconds(1));
            assertEquals(0, result.failed(), result.firstFailure());
            long slow = result.latencies().getCountBetweenValues(100_000_000, Long.MAX_VALUE / 2);
            assertTrue(slow >= 25, slow + " requests took 100 ms or more");
            assertTrue(result.milliseconds(90) > 200, "p90 " + result.milliseconds(90));
        }
        try (TestServer server = new TestServer(stalls)) {
            LoadResult closed = new LoadGenerator(target(server.address()), 1).atSaturation(Duration.ofSeconds(1));
            assertEquals(1, closed.latencies().getCountBetweenValues(350_000_000, Long.MAX_VALUE / 2));
        }
    }

    @Test
    void whatCouldNotBeSentIsCountedAndNotForgotten() throws Exception {
        try (TestServer server = new TestServer((n, exchange) -> {
            Thread.sleep(100);
            TestServer.answer(exchange, 200, "");
        })) {
            LoadResult result = new LoadGenerator(target(server.address()), 1).atRate(100, Duration.ofMillis(500));
            assertTrue(result.unsent() >= 40, "unsent " + result.unsent());
            assertEquals(50, result.answered() + result.unsent());
            assertEquals(50, result.latencies().getTotalCount());
        }
    }

    @Test
    void errorsAreFailuresAndNoLatencies() throws Exception {
        try (TestServer server = new TestServer((n, exchange) -> TestServer.answer(exchange, n % 2 == 0 ? 500 : 200, "x"))) {
            LoadResult result = new LoadGenerator(target(server.address()), 1).atRate(50, Duration.ofSeconds(1));
            assertTrue(result.failed() > 0, "failed " + result.failed());
            assertEquals(server.count() / 2, result.failed());
            assertEquals("status 500", result.firstFailure());
            assertEquals(50 - result.failed(), result.latencies().getTotalCount());
        }
    }

    @Test
    void connectionsThatTheServerClosesAreOpenedAgain() throws Exception {
        try (TestServer server = new TestServer((n, exchange) -> {
            exchange.getResponseHeaders().set("Connection", "close");
            TestServer.answer(exchange, 200, "x");
        })) {
            LoadResult result = new LoadGenerator(target(server.address()), 2).atRate(100, Duration.ofMillis(200));
            assertEquals(20, result.answered() + result.unsent(), result.firstFailure());
        }
    }

    @Test
    void withoutAServerThereIsNoResult() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
        assertThrows(
                IOException.class, () -> new LoadGenerator(target(nobody), 1).atRate(10, Duration.ofMillis(100)));
    }
}
