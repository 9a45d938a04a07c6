package dev.virga.ingress;

import static dev.virga.ingress.Tables.named;
import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a workload's limits keep away from it. */
class LimitsTest {

    private static RouteLimits limits(int concurrency, int waiting, Optional<Rate> rate, Optional<Duration> time) {
        return new RouteLimits(concurrency, waiting, rate, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, time);
    }

    private static HttpServer server(Route... routes) {
        return Servers.java(Servers.LIMITS, Tables.router(routes));
    }

    private static String get(HttpServer server, String path) throws IOException {
        return send(server, "GET " + path + " HTTP/1.1", "Host: h", "Connection: close", "");
    }

    private static String send(HttpServer server, String... lines) throws IOException {
        try (Wire wire = new Wire(server.uri())) {
            return wire.send(lines).rest();
        }
    }

    @Test
    void moreThanMayRunAndWaitAreRefusedAndOtherWorkloadsGoOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Admission admission = new Admission(limits(1, 0, Optional.empty(), Optional.empty()));
        Target busy = new Target("busy", exchange -> {
            begun.countDown();
            await(go);
            exchange.refuse(new Refusal(418, "busy"));
        });
        try (HttpServer server = server(route("*", "/busy", admission, busy), route("*", "/other", named("other")));
                Wire first = new Wire(server.uri())) {
            first.send("GET /busy HTTP/1.1", "Host: h", "Connection: close", "");
            begun.await();
            String refused = get(server, "/busy");
            assertTrue(refused.startsWith("HTTP/1.1 503 ") && refused.contains("Retry-After: 1\r\n"), refused);
            assertTrue(get(server, "/other").endsWith(": other\n"));
            go.countDown();
            assertTrue(first.rest().endsWith(": busy\n"));
            assertTrue(get(server, "/busy").endsWith(": busy\n"));
        }
    }

    @Test
    void whoWaitsForATurnWaitsNoLongerThanTheRequestMayTake() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Admission admission = new Admission(limits(1, 1, Optional.empty(), Optional.empty()));
        Target busy = new Target("busy", _ -> {
            begun.countDown();
            await(go);
        });
        ServeLimits hasty = new ServeLimits(8192, 100, 1000, 10, 10, Duration.ofMillis(300), Duration.ofSeconds(30));
        try (HttpServer server = Servers.java(hasty, Tables.router(route("*", "/", admission, busy)));
                Wire first = new Wire(server.uri())) {
            first.send("GET / HTTP/1.1", "Host: h", "Connection: close", "");
            begun.await();
            assertTrue(get(server, "/").matches("(?s)HTTP/1.1 50[34] .*"));
            go.countDown();
        }
    }

    @Test
    void moreOftenThanTheRateGives429AndSaysWhenToComeBack() throws IOException {
        Optional<Rate> rate = Optional.of(new Rate(0.01, 2));
        try (HttpServer server = server(route("*", "/", limits(9, 9, rate, Optional.empty()), named("in")))) {
            assertTrue(get(server, "/").endsWith(": in\n"));
            assertTrue(get(server, "/").endsWith(": in\n"));
            String refused = get(server, "/");
            assertTrue(refused.matches("(?s)HTTP/1.1 429 .*Retry-After: (99|100)\r\n.*"), refused);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "NaN, 1", "Infinity, 1", "1, 0"})
    void aRateIsOne(double perSecond, int burst) {
        assertThrows(IllegalArgumentException.class, () -> new Rate(perSecond, burst));
    }

    @Test
    void timesAreLongerThanNothingAndNoLongerThanClocksCount() {
        for (Duration time : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE)}) {
            assertThrows(IllegalArgumentException.class, () -> limits(1, 1, Optional.empty(), Optional.of(time)));
            assertThrows(IllegalArgumentException.class,
                    () -> new ServeLimits(1, 1, 1, 1, 1, time, Duration.ofSeconds(1)));
            assertThrows(IllegalArgumentException.class,
                    () -> new ServeLimits(1, 1, 1, 1, 1, Duration.ofSeconds(1), time));
        }
        assertThrows(IllegalArgumentException.class, () -> limits(0, 1, Optional.empty(), Optional.empty()));
    }

    @Test
    void aRoutesOwnTimeGives504() throws IOException {
        Service slow = exchange -> {
            CountDownLatch stop = new CountDownLatch(1);
            exchange.onInterrupt(_ -> stop.countDown());
            await(stop);
        };
        try (HttpServer server = server(
                route("*", "/", limits(1, 1, Optional.empty(), Optional.of(Duration.ofMillis(100))), slow))) {
            String response = get(server, "/");
            assertTrue(response.startsWith("HTTP/1.1 504 ") && response.contains("longer than 100 ms"), response);
        }
    }

    @Test
    void headersAndBodiesBeyondARoutesLimitsAreRefused() throws IOException {
        RouteLimits small = new RouteLimits(1, 1, Optional.empty(), 100, 5, 10, Optional.empty());
        try (HttpServer server = server(route("*", "/", small, named("in")))) {
            assertTrue(get(server, "/").endsWith(": in\n"));
            assertTrue(send(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "X: " + "x".repeat(100), "")
                    .startsWith("HTTP/1.1 431 "));
            assertTrue(send(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "a: 1", "a: 2", "a: 3", "a: 4", "")
                    .startsWith("HTTP/1.1 431 "));
            String long11 = send(server, "POST / HTTP/1.1", "Host: h", "Connection: close", "Content-Length: 11", "", "");
            assertTrue(long11.startsWith("HTTP/1.1 413 ") && long11.contains("10 bytes"), long11);
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
