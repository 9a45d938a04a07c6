package dev.virga.ingress;

import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.wasi.AddressRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that another server answers. */
class UpstreamTest {

    private static final RouteLimits LIMITS = RouteLimits.DEFAULT;

    @FunctionalInterface
    private interface Use {
        void of(HttpServer server, Origin origin) throws Exception;
    }

    private static void proxying(Origin.Answer answer, Use use) throws Exception {
        proxying("http", LIMITS, answer, use);
    }

    private static void proxying(String scheme, RouteLimits limits, Origin.Answer answer, Use use) throws Exception {
        try (Origin origin = new Origin(answer);
                UpstreamClient client = Tables.localClient();
                HttpServer server = HttpServer.start(
                        forwarding(), Tables.router(route("*", "/", limits, new Upstream(origin.url(scheme), client))), _ -> {})) {
            use.of(server, origin);
        }
    }

    private static ServeOptions forwarding() {
        ServeOptions plain = Servers.options(Servers.LIMITS);
        return new ServeOptions(
                plain.address(), plain.tls(), plain.limits(), plain.grace(), plain.accessLog(),
                Optional.of(new Forwarding(List.of())), Optional.empty());
    }

    private static String send(HttpServer server, String... lines) throws IOException {
        try (Wire wire = new Wire(server.uri())) {
            return wire.send(lines).rest();
        }
    }

    /** Answers with the head that it was sent. */
    private static void head(
            Request request, Response response,
            Callback callback) {
        StringBuilder head = new StringBuilder(request.getMethod() + " " + request.getHttpURI().getPathQuery() + "\n");
        for (HttpField field : request.getHeaders()) {
            head.append(field.getLowerCaseName()).append(": ").append(field.getValue()).append('\n');
        }
        Content.Sink.write(response, true, head.toString(), callback);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "h2c"})
    void headsArePassedOnWithoutWhatIsForTheConnection(String scheme) throws Exception {
        proxying(scheme, LIMITS, UpstreamTest::head, (server, origin) -> {
            String seen = send(server, "GET /a//b?c=%20d HTTP/1.1", "Host: shop.test:8080", "Accept: x/y", "Cookie: k=v",
                    "Connection: close, X-Mine, Upgrade", "X-Mine: 1", "Keep-Alive: 3", "Proxy-Authorization: secret", "Upgrade: websocket",
                    "TE: trailers, gzip", "X-Forwarded-For: 6.6.6.6", "X_Forwarded_Host: evil", "Forwarded: for=6.6.6.6",
                    "X-Real-IP: 6.6.6.6", "X-Client-Cert-Subject: CN=admin", "X_Client_Cert_Subject: CN=admin",
                    "Client-Cert: :AAAA:", "");
            assertTrue(seen.startsWith("HTTP/1.1 200 "), seen);
            assertTrue(seen.contains("GET /a//b?c=%20d\n"), seen);
            assertTrue(seen.contains("\naccept: x/y\n") && seen.contains("\ncookie: k=v\n") && seen.contains("\nte: trailers\n"), seen);
            assertTrue(seen.contains("\nx-forwarded-for: 127.0.0.1\n"), seen);
            assertTrue(seen.contains("\nx-forwarded-proto: http\n") && seen.contains("\nx-forwarded-host: shop.test:8080\n"), seen);
            assertTrue(seen.contains("\nforwarded: for=127.0.0.1;proto=http;host=\"shop.test:8080\"\n"), seen);
            if (scheme.equals("http")) {
                assertTrue(seen.contains("\nhost: " + origin.url("http").substring(7) + "\n"), seen);
            }
            assertTrue(seen.contains("\nx-request-id: "), seen);
            for (String gone : List.of("x-mine", "keep-alive", "proxy-authorization", "upgrade", "6.6.6.6", "evil", "admin", "client-cert", "transfer-encoding", "gzip")) {
                assertFalse(seen.contains(gone), gone + " in " + seen);
            }
        });
    }

    @Test
    void whatAProxyInFrontSaysIsKeptIfItIsTrusted() throws Exception {
        ServeOptions plain = forwarding();
        ServeOptions trusting = new ServeOptions(
                plain.address(), plain.tls(), plain.limits(), plain.grace(), plain.accessLog(),
                Optional.of(new Forwarding(List.of(AddressRange.parse("127.0.0.1")))), Optional.empty());
        try (Origin origin = new Origin(UpstreamTest::head);
                UpstreamClient client = Tables.localClient();
                HttpServer server = HttpServer.start(
                        trusting, Tables.router(route("*", "/", new Upstream(origin.url("http"), client))), _ -> {})) {
            String seen = send(server, "GET / HTTP/1.1", "Host: inner", "Connection: close", "X-Forwarded-For: 192.0.2.1, 192.0.2.2",
                    "X-Forwarded-Proto: https", "X-Forwarded-Host: outer", "X-Client-Cert-Subject: CN=admin", "");
            assertTrue(seen.contains("\nx-forwarded-for: 192.0.2.1, 192.0.2.2, 127.0.0.1\n"), seen);
            assertTrue(seen.contains("\nx-forwarded-proto: https\n") && seen.contains("\nx-forwarded-host: outer\n"), seen);
            assertFalse(seen.contains("admin"), seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "h2c"})
    void bodiesAndTrailersPassBothWays(String scheme) throws Exception {
        proxying(scheme, LIMITS, (request, response, callback) -> {
            response.getHeaders().put("x-answer", "1").put("keep-alive", "5");
            response.setTrailersSupplier(() -> HttpFields.build()
                    .put("x-sum", request.getTrailers() == null ? "none" : request.getTrailers().get("x-sum"))
                    .put("x-evil", String.valueOf(request.getTrailers() != null && request.getTrailers().size() > 1))
                    .put("content-length", "7"));
            Content.copy(request, response, callback);
        }, (server, _) -> {
            String seen = send(server, "POST / HTTP/1.1", "Host: h", "Connection: close", "Transfer-Encoding: chunked", "",
                    "3", "abc", "4", "defg", "0", "X-Sum: 7", "Host: evil", "Content-Length: 99",
                    "X-Client-Cert-Subject: CN=admin", "X-Forwarded-For: 6.6.6.6", "Transfer-Encoding: chunked", "");
            assertTrue(seen.contains("x-answer: 1\r\n") && !seen.toLowerCase(Locale.ROOT).contains("keep-alive"), seen);
            assertTrue(seen.contains("abc") && seen.contains("defg"), seen);
            assertTrue(seen.endsWith("0\r\nx-sum: 7\r\nx-evil: false\r\n\r\n"), seen);
        });
    }

    @Test
    void trailersBeyondTheLimitEndTheRequestForBothSides() throws Exception {
        CompletableFuture<Boolean> whole = new CompletableFuture<>();
        proxying((request, response, callback) -> {
            Content.Source.consumeAll(request, Callback.from(() -> whole.complete(true), _ -> whole.complete(false)));
            whole.thenAccept(_ -> callback.succeeded());
        }, (server, _) -> {
            String seen = send(server, "POST / HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "", "1", "a", "0",
                    "X: " + "x".repeat(Servers.LIMITS.headerBytes()), "");
            assertFalse(seen.startsWith("HTTP/1.1 2"), seen);
            assertFalse(whole.get(30, TimeUnit.SECONDS));
        });
    }

    @Test
    void answersWithoutABodyStayWithoutOne() throws Exception {
        proxying((request, response, callback) -> {
            response.getHeaders().put("content-length", 5);
            if (request.getHttpURI().getPath().equals("/304")) {
                response.setStatus(304);
            }
            response.write(true, ByteBuffer.wrap("HEAD".equals(request.getMethod()) || response.getStatus() == 304
                    ? new byte[0] : "hello".getBytes()), callback);
        }, (server, _) -> {
            assertTrue(send(server, "HEAD / HTTP/1.1", "Host: h", "Connection: close", "").contains("Content-Length: 5\r\n"));
            assertTrue(send(server, "GET /304 HTTP/1.1", "Host: h", "Connection: close", "").startsWith("HTTP/1.1 304"));
            assertTrue(send(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "").endsWith("\r\n\r\nhello"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a|b{c}", "/a\"b<c>", "/x?q=[1]|^`", "/caf\u00e9", "/x?caf\u00e9", "/%7Euser/%C3%A9?"})
    void oddTargetsArePassedOnOrRefusedButNeverBreak(String target) throws Exception {
        proxying(UpstreamTest::head, (server, _) -> {
            String seen = send(server, "GET " + target + " HTTP/1.1", "Host: h", "Connection: close", "");
            String plain = target.replace('\u00e9', '?');
            assertTrue(seen.contains("GET " + plain + "\n") || seen.startsWith("HTTP/1.1 400"), seen);
        });
    }

    @Test
    void largeBodiesStreamWithoutBeingHeld() throws Exception {
        long size = 256L << 20;
        AtomicLong received = new AtomicLong();
        AtomicLong ahead = new AtomicLong();
        CountDownLatch go = new CountDownLatch(1);
        proxying((request, response, callback) -> {
            go.await(); // takes nothing at first
            byte[] buffer = new byte[1 << 16];
            try (var in = Content.Source.asInputStream(request)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    received.addAndGet(n);
                }
            }
            Content.Sink.write(response, true, "got " + received.get(), callback);
        }, (server, _) -> {
            try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
                socket.getOutputStream().write(("POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " + size + "\r\n\r\n").getBytes());
                Thread writer = Thread.startVirtualThread(() -> {
                    byte[] block = new byte[1 << 16];
                    try {
                        for (long sent = 0; sent < size; sent += block.length) {
                            socket.getOutputStream().write(block);
                            ahead.addAndGet(block.length);
                        }
                    } catch (IOException e) {
                        ahead.set(Long.MIN_VALUE);
                    }
                });
                long before = -1;
                while (before != ahead.get()) { // until the writer is held back
                    before = ahead.get();
                    writer.join(Duration.ofMillis(200));
                }
                assertTrue(before < 64L << 20, before + " bytes were taken though nobody reads");
                go.countDown();
                String answer = new String(socket.getInputStream().readAllBytes());
                assertTrue(answer.endsWith("got " + size), answer);
            }
        });
    }

    @Test
    void aBodyBeyondTheLimitIsCutOffAndRefused() throws Exception {
        RouteLimits small = new RouteLimits(9, 9, Optional.empty(), Integer.MAX_VALUE, Integer.MAX_VALUE, 10, Optional.empty());
        proxying("http", small, (request, response, callback) -> Content.copy(request, response, callback), (server, _) -> {
            String seen = send(server, "POST / HTTP/1.1", "Host: h", "Connection: close", "Transfer-Encoding: chunked", "",
                    "b", "hello world", "0", "", "");
            assertTrue(seen.startsWith("HTTP/1.1 413 "), seen);
        });
    }

    @Test
    void aClientThatLeavesStopsTheUpstreamsWork() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch noticed = new CountDownLatch(1);
        proxying((request, response, callback) -> {
            request.addFailureListener(_ -> noticed.countDown());
            asked.countDown();
            endless(response, callback, noticed);
        }, (server, _) -> {
            try (Wire wire = new Wire(server.uri())) {
                wire.send("GET / HTTP/1.1", "Host: h", "");
                asked.await();
                wire.reset();
            }
            assertTrue(noticed.await(30, TimeUnit.SECONDS));
        });
    }

    private static void endless(
            Response response, Callback callback, CountDownLatch noticed) {
        response.write(false, ByteBuffer.wrap(new byte[1024]), Callback.from(
                () -> Thread.startVirtualThread(() -> endless(response, callback, noticed)),
                failure -> {
                    noticed.countDown();
                    callback.failed(failure);
                }));
    }

    @Test
    void anUpstreamThatTakesTooLongGives504() throws Exception {
        RouteLimits hasty = new RouteLimits(
                9, 9, Optional.empty(), Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Optional.of(Duration.ofMillis(200)));
        proxying("http", hasty, (_, _, _) -> {}, (server, _) ->
                assertTrue(send(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "").startsWith("HTTP/1.1 504 ")));
    }

    @Test
    void anUpstreamThatIsNotThereOrSpeaksNonsenseGives502() throws Exception {
        Lines log = new Lines();
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (ServerSocket nonsense = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
                UpstreamClient client = Tables.localClient();
                HttpServer server = HttpServer.start(forwarding(), Tables.router(
                        route("closed", "/", new Upstream("http://127.0.0.1:" + closed, client)),
                        route("unknown", "/", new Upstream("http://nowhere.invalid", client)),
                        route("nonsense", "/", new Upstream("http://127.0.0.1:" + nonsense.getLocalPort(), client)),
                        route("tls", "/", new Upstream("https://127.0.0.1:" + nonsense.getLocalPort(), client))), log)) {
            Thread.startVirtualThread(() -> {
                while (true) {
                    try (Socket connection = nonsense.accept()) {
                        connection.getInputStream().read();
                        connection.getOutputStream().write("no HTTP\r\n\r\n".getBytes());
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            for (String host : List.of("closed", "unknown", "nonsense", "tls")) {
                String seen = send(server, "GET / HTTP/1.1", "Host: " + host, "Connection: close", "");
                assertTrue(seen.startsWith("HTTP/1.1 502 ") && seen.contains("502 Bad Gateway: "), seen);
                assertFalse(seen.contains("127.0.0.1") || seen.contains("xception"), seen);
            }
            String withBody = send(server, "POST / HTTP/1.1", "Host: closed", "Connection: close", "Content-Length: 3", "", "abc");
            assertTrue(withBody.startsWith("HTTP/1.1 502 "), withBody);
            log.await("upstream http://127.0.0.1:" + closed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1", "[fd00::1]", "0.0.0.0", "2130706433"})
    void specialAddressesAreNotConnectedToUnlessAllowed(String host) throws Exception {
        try (Origin origin = new Origin(UpstreamTest::head);
                UpstreamClient client = new UpstreamClient(List.of(), SSLContext::getDefault);
                HttpServer server = HttpServer.start(forwarding(), Tables.router(route("*", "/",
                        new Upstream("http://" + host + origin.url("http").substring("http://127.0.0.1".length()), client))), _ -> {})) {
            String seen = send(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "");
            assertTrue(seen.startsWith("HTTP/1.1 502 "), seen);
            assertTrue(seen.contains("not allowed") || seen.contains("not known"), seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1:80", "ftp://a", "http://", "http:///x", "http://a/path", "http://a?q", "http://u:p@a", "http://a:0", "http://a:99999", "http://a b"})
    void aUrlThatIsNoServersIsRefused(String url) {
        try (UpstreamClient client = Tables.localClient()) {
            String message = assertThrows(IllegalArgumentException.class, () -> new Upstream(url, client)).getMessage();
            assertTrue(message.startsWith("upstream '" + url + "': "), message);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsCutForTheClientToo() throws Exception {
        proxying((request, response, callback) -> {
            response.getHeaders().put("content-length", 100);
            response.write(false, ByteBuffer.wrap("begun".getBytes()), Callback.from(
                    () -> callback.failed(new IOException("on purpose"))));
        }, (server, _) -> {
            String seen = send(server, "GET / HTTP/1.1", "Host: h", "");
            assertTrue(seen.startsWith("HTTP/1.1 200 ") && seen.endsWith("begun") || seen.startsWith("HTTP/1.1 502 "), seen);
        });
    }

    @Test
    void theSplitBetweenTwoIsAsTheWeightsSay() throws Exception {
        try (Origin old = new Origin((_, response, callback) -> Content.Sink.write(response, true, "old", callback));
                UpstreamClient client = Tables.localClient();
                HttpServer server = Servers.java(Servers.LIMITS, Tables.router(new Route("*", "/", List.of(
                        new WeightedTarget(new Target("old", new Upstream(old.url("http"), client)), 3),
                        new WeightedTarget(new Target("new", Tables.named("new")), 1)), new Admission(LIMITS))))) {
            int news = 0;
            for (int i = 0; i < 20; i++) {
                news += send(server, "GET / HTTP/1.1", "Host: h", "Connection: close", "").endsWith(": new\n") ? 1 : 0;
            }
            assertEquals(5, news);
        }
    }
}
