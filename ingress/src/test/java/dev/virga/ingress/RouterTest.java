package dev.virga.ingress;

import static dev.virga.ingress.Tables.named;
import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests on their way through the table, at a server. */
class RouterTest {

    private static String get(HttpServer server, String host, String path, String... headers) throws IOException {
        try (Wire wire = new Wire(server.uri())) {
            wire.send("GET " + path + " HTTP/1.1", "Host: " + host, "Connection: close");
            for (String header : headers) {
                wire.send(header);
            }
            return wire.send("").rest();
        }
    }

    private static HttpServer server(Route... routes) {
        return Servers.java(Servers.LIMITS, Tables.router(routes));
    }

    @Test
    void hostAndPathLeadToTheService() throws IOException {
        try (HttpServer server = server(
                route("a.test", "/", named("root")), route("a.test", "/api", named("api")), route("*", "/", named("any")))) {
            assertTrue(get(server, "A.test:1", "/x").endsWith(": root\n"));
            assertTrue(get(server, "a.test", "/api/y?z=/..").endsWith(": api\n"));
            assertTrue(get(server, "b.test", "/api").endsWith(": any\n"));
        }
    }

    @Test
    void whatIsNotThereIsToldAsTextOrJson() throws IOException {
        try (HttpServer server = server(route("a.test", "/api", named("api")))) {
            String text = get(server, "b.test", "/");
            assertTrue(text.startsWith("HTTP/1.1 404 ") && text.endsWith("404 Not Found: no route for host b.test\n"), text);
            String json = get(server, "a.test", "/\"x", "Accept: text/html, application/json;q=0.9");
            assertTrue(json.contains("Content-Type: application/problem+json"), json);
            assertTrue(json.endsWith(
                    "{\"status\":404,\"title\":\"Not Found\",\"detail\":\"no route for path /\\\"x at host a.test\"}\n"), json);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/public/../admin", "/public/%2e%2e/admin", "/public/..%2fadmin", "/public/..;/admin", "/public/..\\admin",
        "//admin", "/%61dmin", "/admin;x", "/x%2f..%2fadmin", "/./admin", "/public//../../admin", "/%2fadmin", "/\\admin",
        "/public/../admin//../public/x",
    })
    void noWayOfWritingAPathLeadsPastItsRoute(String path) throws IOException {
        try (HttpServer server = server(
                route("*", "/", named("root")), route("*", "/public", named("public")), route("*", "/admin", named("admin")))) {
            String response = get(server, "h", path);
            assertTrue(response.startsWith("HTTP/1.1 400 "), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/a%2fb", "/api/x//y", "/api;v=1/a", "/api/caf%C3%A9", "/api/a%20b", "/api/..x/.y"})
    void aPathThatLeadsToOneRouteInEveryReadingIsPassedOnAsItCame(String path) throws IOException {
        Service echo = exchange -> exchange.refuse(new Refusal(418, exchange.path()));
        try (HttpServer server = server(route("*", "/", path.startsWith("/api;") ? echo : named("root")),
                path.startsWith("/api;") ? route("*", "/other", echo) : route("*", "/api", echo))) {
            assertTrue(get(server, "h", path).endsWith(": " + path + "\n"));
        }
    }

    @Test
    void tunnelsAreRefused() throws IOException {
        try (HttpServer server = server(route("*", "/", named("root"))); Wire wire = new Wire(server.uri())) {
            String response = wire.send("CONNECT h:1 HTTP/1.1", "Host: h:1", "").until("no tunnels\n");
            assertTrue(response.startsWith("HTTP/1.1 405 "), response);
        }
    }

    @Test
    void aRouteWithoutATargetThatTakesRequestsGives503() throws Exception {
        Target stopped = new Target("t", named("t"));
        assertTrue(stopped.drain(Duration.ZERO));
        try (HttpServer server = server(route("*", "/", new Admission(RouteLimits.DEFAULT), stopped))) {
            String response = get(server, "h", "/");
            assertTrue(response.startsWith("HTTP/1.1 503 ") && response.contains("nothing runs behind */"), response);
        }
    }

    @Test
    void theOtherTargetsTakeOverFromOneThatStops() throws Exception {
        Target stopped = new Target("old", named("old"));
        Target running = new Target("new", named("new"));
        try (HttpServer server = server(route("*", "/", new Admission(RouteLimits.DEFAULT), stopped, running))) {
            assertTrue(stopped.drain(Duration.ZERO));
            for (int i = 0; i < 4; i++) {
                assertTrue(get(server, "h", "/").endsWith(": new\n"));
            }
        }
    }

    @Test
    void drainingATargetWaitsForItsRequests() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Target old = new Target("old", exchange -> {
            begun.countDown();
            await(go);
            exchange.refuse(new Refusal(418, "old"));
        });
        try (HttpServer server = server(route("*", "/", new Admission(RouteLimits.DEFAULT), old));
                Wire wire = new Wire(server.uri())) {
            wire.send("GET / HTTP/1.1", "Host: h", "Connection: close", "");
            begun.await();
            assertEquals(1, old.underWay());
            assertFalse(old.drain(Duration.ofMillis(1)));
            go.countDown();
            assertTrue(old.drain(Duration.ofSeconds(30)));
            assertTrue(wire.rest().endsWith(": old\n"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Clients ask without pause while the only target is replaced time and again; each old one is drained and then broken. */
    @Test
    void replacingTargetsUnderLoadLosesNoRequest() throws Exception {
        int replacements = 200;
        Admission admission = new Admission(RouteLimits.DEFAULT);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        Replica first = new Replica();
        Router router = Tables.router(route("*", "/", admission, first.target));
        try (HttpServer server = Servers.java(Servers.LIMITS, router);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> loads = IntStream.range(0, 8)
                    .mapToObj(_ -> clients.submit(() -> load(server, done, answers)))
                    .toList();
            Replica current = first;
            for (int i = 0; i < replacements; i++) {
                int before = answers.get();
                while (answers.get() < before + 5) {
                    Thread.onSpinWait();
                }
                Replica next = new Replica();
                router.use(new Routes(List.of(route("*", "/", admission, next.target))));
                assertTrue(current.target.drain(Duration.ofSeconds(30)));
                current.gone = true;
                current = next;
            }
            done.set(true);
            for (Future<Void> load : loads) {
                load.get();
            }
        }
        assertTrue(answers.get() >= replacements * 5);
    }

    private static final class Replica {
        private volatile boolean gone;
        private final Target target = new Target("replica", exchange -> {
            assertFalse(gone);
            Thread.yield();
            assertFalse(gone, "a request after the drain");
            exchange.refuse(new Refusal(418, "here"));
        });
    }

    private static Void load(HttpServer server, AtomicBoolean done, AtomicInteger answers) throws IOException {
        try (Wire wire = new Wire(server.uri())) {
            while (!done.get()) {
                wire.send("GET / HTTP/1.1", "Host: h", "");
                String response = wire.until(": here\n");
                assertTrue(response.startsWith("HTTP/1.1 418 "), response);
                answers.incrementAndGet();
            }
        }
        return null;
    }

    @Test
    void aRefusalIsNoSuccess() {
        assertThrows(IllegalArgumentException.class, () -> new Refusal(200, "fine"));
    }
}
