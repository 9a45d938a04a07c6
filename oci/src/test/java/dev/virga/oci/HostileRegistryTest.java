package dev.virga.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry may not make the host do. */
class HostileRegistryTest {

    private static final byte[] COMPONENT = {0, 'a', 's', 'm'};

    /** What each of the servers was asked: method, path and authorization. */
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> insideAsked = new CopyOnWriteArrayList<>();

    private HttpServer registry;
    private HttpServer inside;

    private interface Answers {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        inside = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        serve(inside, insideAsked, exchange -> answer(exchange, 200, COMPONENT));
        registry.start();
        inside.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
        inside.stop(0);
    }

    private static void serve(HttpServer server, List<String> asked, Answers answers) {
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
                answers.answer(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String address(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private RemoteImage image(Optional<Credentials> credentials, HttpServer... allowed) {
        Set<String> plain = new java.util.HashSet<>(Set.of(address(registry)));
        for (HttpServer server : allowed) {
            plain.add(address(server));
        }
        return new RemoteImage(
                address(registry) + "/acme/x:1",
                new RegistrySettings(plain, Set.of(), Optional.empty(), 1 << 20),
                credentials);
    }

    private static ImageManifest.Blob blob() {
        return new ImageManifest.Blob("application/wasm", Digests.sha256(COMPONENT), COMPONENT.length);
    }

    private void redirect(String to) {
        serve(registry, asked, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            answer(exchange, 307, new byte[0]);
        });
    }

    @Test
    void aRedirectDoesNotLeadInside() {
        redirect("https://" + address(inside) + "/latest/meta-data");
        try (RemoteImage image = image(Optional.empty())) {
            ImageException.Denied denied =
                    assertThrows(ImageException.Denied.class, () -> image.blob(blob(), Call.SILENT));
            assertTrue(denied.getMessage().contains("not public; allow it with --allow-registry"), denied.getMessage());
        }
        assertEquals(List.of(), insideAsked);
    }

    @Test
    void aRedirectDoesNotLeadToPlainHttp() {
        redirect("http://" + address(inside) + "/latest/meta-data");
        try (RemoteImage image = image(Optional.empty())) {
            assertTrue(assertThrows(ImageException.Denied.class, () -> image.blob(blob(), Call.SILENT))
                    .getMessage()
                    .contains("without TLS"));
        }
        assertEquals(List.of(), insideAsked);
    }

    @Test
    void aRedirectLeadsToNothingButHttp() {
        redirect("file:///etc/passwd");
        try (RemoteImage image = image(Optional.empty())) {
            assertThrows(ImageException.Wrong.class, () -> image.blob(blob(), Call.SILENT));
        }
    }

    @Test
    void aRedirectThatIsAllowedCarriesNoPassword() {
        serve(registry, asked, exchange -> {
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                exchange.getResponseHeaders().set("Location", "http://" + address(inside) + "/blob");
                answer(exchange, 302, new byte[0]);
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                answer(exchange, 401, new byte[0]);
            }
        });
        try (RemoteImage image = image(Optional.of(new Credentials("reader", "secret")), inside)) {
            assertArrayEquals(COMPONENT, image.blob(blob(), Call.SILENT));
        }
        assertEquals(List.of("GET /blob []"), insideAsked);
    }

    @Test
    void whereARedirectLeadsIsNotToldThePassword() {
        inside.removeContext("/");
        serve(inside, insideAsked, exchange -> {
            exchange.getResponseHeaders().set(
                    "WWW-Authenticate", "Bearer realm=\"http://" + address(inside) + "/token\",service=\"x\"");
            answer(exchange, 401, new byte[0]);
        });
        redirect("http://" + address(inside) + "/blob");
        try (RemoteImage image = image(Optional.of(new Credentials("reader", "secret")), inside)) {
            assertThrows(ImageException.Denied.class, () -> image.blob(blob(), Call.SILENT));
        }
        assertEquals(List.of("GET /blob []"), insideAsked);
    }

    @Test
    void redirectsWithoutEndAreNotFollowed() {
        redirect("/v2/again");
        try (RemoteImage image = image(Optional.empty())) {
            assertThrows(ImageException.Wrong.class, () -> image.blob(blob(), Call.SILENT));
        }
        assertEquals(6, asked.size());
    }

    private void challenge(String realm) {
        serve(registry, asked, exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if ("Bearer good".equals(authorization)) {
                answer(exchange, 200, COMPONENT);
                return;
            }
            exchange.getResponseHeaders().set("WWW-Authenticate",
                    "Bearer scope=\"repository:acme/x:pull\", realm=\"" + realm + "\",service=\"it's \\\"it\\\"\"");
            answer(exchange, 401, new byte[0]);
        });
    }

    @Test
    void aTokenServiceInsideIsNotAsked() {
        challenge("https://" + address(inside) + "/token");
        try (RemoteImage image = image(Optional.of(new Credentials("reader", "secret")))) {
            assertThrows(ImageException.Denied.class, () -> image.blob(blob(), Call.SILENT));
        }
        assertEquals(List.of(), insideAsked);
    }

    @Test
    void aTokenIsForWhoAskedForIt() throws Exception {
        inside.removeContext("/");
        serve(inside, insideAsked, exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            answer(exchange, known ? 200 : 403, "{\"token\": \"good\"}".getBytes(StandardCharsets.UTF_8));
        });
        challenge("http://" + address(inside) + "/token");
        try (RemoteImage image = image(Optional.of(new Credentials("reader", "secret")), inside)) {
            assertArrayEquals(COMPONENT, image.blob(blob(), Call.SILENT));
        }
        try (RemoteImage image = image(Optional.empty(), inside)) {
            assertThrows(ImageException.Denied.class, () -> image.blob(blob(), Call.SILENT));
        }
        assertEquals(
                "GET /token?service=it%27s+%22it%22&scope=repository%3Aacme%2Fx%3Apull [Basic cmVhZGVyOnNlY3JldA==]",
                insideAsked.getFirst());
    }

    @Test
    void aManifestWithoutEndIsCutOff() {
        byte[] part = new byte[1 << 20];
        serve(registry, asked, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(part); // until the client has gone
            }
        });
        try (RemoteImage image = image(Optional.empty())) {
            assertTrue(assertThrows(ImageException.Wrong.class, image::manifest)
                    .getMessage()
                    .contains("more than the 4194304 bytes"));
        }
    }

    @Test
    void aBlobIsNotLongerThanItSays() {
        serve(registry, asked, exchange -> answer(exchange, 200, new byte[1 << 20]));
        try (RemoteImage image = image(Optional.empty())) {
            assertThrows(ImageException.Wrong.class, () -> image.blob(blob(), Call.SILENT));
        }
    }

    @Test
    void manifestsThatAreNoneAreRefused() {
        for (String json : new String[] {
            "", "[]", "null", "{}", "{\"layers\": [null]}", "{\"layers\": 3}",
            "{\"schemaVersion\": 2, \"config\": {}, \"layers\": []}",
            "{\"config\": {\"mediaType\": \"a\", \"digest\": \"sha256:../../x\", \"size\": 1}, \"layers\": []}",
            "[".repeat(100_000)
        }) {
            assertThrows(
                    ImageException.Wrong.class,
                    () -> ImageManifest.parse("x", json.getBytes(StandardCharsets.UTF_8)),
                    json.substring(0, Math.min(60, json.length())));
        }
    }
}
