package dev.virga.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.ingress.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real guest behind the server, seen from a bare HTTP/1.1 connection. */
class GuestServiceTest {

    private static Setup setup;

    @BeforeAll
    static void start() {
        setup = Setup.guest();
    }

    @AfterAll
    static void stop() {
        setup.close();
    }

    private static String get(String path) throws IOException {
        return get("GET", path);
    }

    private static String get(String method, String path) throws IOException {
        try (Wire wire = new Wire(setup.uri())) {
            return wire.send(method + " " + path + " HTTP/1.1", "Host: example.com", "Connection: close", "").rest();
        }
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void theGuestsStatusHeadersAndBodyAreSent() throws IOException {
        String response = get("/hello");
        assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
        assertTrue(response.contains("Content-Length: 5\r\n"), response);
        assertEquals("hello", body(response));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/target?a=%20b&c,Method::Get",
        "PATCH,/target,Method::Patch",
        "PURGE,/target,'Method::Other(\"PURGE\")'",
        "GET,/target/../target,404",
        "GET,/target%2Fx,404",
    })
    void methodAndTargetReachTheGuestAsTheyAre(String method, String target, String expected) throws IOException {
        String response = get(method, target);
        if (expected.equals("404")) {
            assertTrue(response.startsWith("HTTP/1.1 404"), response);
        } else {
            assertTrue(response.contains(expected + " Some(Scheme::Http) Some(\"example.com\") " + target), response);
        }
    }

    @Test
    void aBodyAndItsTrailersAreEchoed() throws IOException {
        try (Wire wire = new Wire(setup.uri())) {
            wire.send(
                    "POST /echo HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "Connection: close", "",
                    "3", "abc", "4", "defg", "0", "X-Sum: 7", "Host: evil", "Content-Length: 99", "");
            String response = wire.rest();
            assertTrue(response.contains("abc"), response);
            assertTrue(response.contains("defg"), response);
            assertTrue(response.endsWith("0\r\nx-sum: 7\r\nx-echoed: yes\r\n\r\n"), response);
        }
    }

    @Test
    void aRequestWithoutABodyHasAnEmptyOne() throws IOException {
        assertTrue(get("/count").contains("\r\n\r\n1\r\n0\r\n"));
    }

    @Test
    void forbiddenAndMalformedFieldsAreRefused() throws IOException {
        String results = body(get("/fields"));
        for (String name : List.of(
                "connection", "Host", "keep-alive", "proxy-authenticate", "transfer-encoding", "upgrade", "http2-settings")) {
            assertTrue(results.contains(name + ": Err(HeaderError::Forbidden)"), results);
        }
        for (String what : List.of("bad name", "bad value", "bad length", "second length")) {
            assertTrue(results.contains(what + ": Err(HeaderError::InvalidSyntax)"), results);
        }
        for (String what : List.of("status", "method", "path", "authority", "user")) {
            assertTrue(results.contains(what + ": Err(())"), results);
        }
        assertTrue(results.contains("\nlength: Ok(())"), results);
        assertTrue(results.contains("get: [[49], [50]]"), results);
        assertTrue(results.contains("has: false"), results);
        assertTrue(results.contains("received: Err(HeaderError::Immutable)"), results);
        assertTrue(results.contains("received host: false"), results);
        assertTrue(results.contains("clone: Ok(())"), results);
        assertTrue(results.contains("consume: true"), results);
        assertTrue(results.contains("consume again: false"), results);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trap", "/silent", "/error", "/exit", "/promised", "/recurse", "/allocate"})
    void aGuestWithoutAnAnswerGives500AndTheServerGoesOn(String path) throws IOException {
        String response = get(path);
        assertTrue(response.startsWith("HTTP/1.1 500 "), response);
        assertTrue(get("/hello").endsWith("hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trap-midway", "/unfinished", "/orphan", "/trailer", "/short", "/long"})
    void anAnswerThatIsNotWholeIsCut(String path) throws IOException {
        String response = get(path);
        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        assertFalse(response.endsWith("0\r\n\r\n"), "ended cleanly: " + response);
        if (response.contains("Content-Length: ")) {
            int promised = Integer.parseInt(response.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            assertTrue(body(response).length() < promised, response);
        }
    }

    @Test
    void aTrapIsLoggedWithTheGuestsBacktrace() throws Exception {
        get("/trap");
        String line = setup.log().await("the guest trapped: unreachable");
        assertTrue(line.matches("request \\d+: .*, at .*"), line);
    }

    @Test
    void whatAGuestPrintsHasItsRequestBeforeIt() throws Exception {
        assertTrue(get("/early").contains("early"));
        String line = setup.log().await("after the answer");
        assertTrue(line.matches("stdout \\[\\d+] :: after the answer"), line);
    }

    @Test
    void terminalEscapesOfAGuestAreMadeHarmless() throws Exception {
        get("/escape");
        String line = setup.log().await("red");
        assertTrue(line.endsWith("?[31mred?2J"), line);
    }

    @Test
    void theHeadIsSentBeforeTheBodyIsThere() throws IOException {
        try (Wire wire = new Wire(setup.uri())) {
            long start = System.nanoTime();
            wire.send("GET /head?3000 HTTP/1.1", "Host: h", "Connection: close", "");
            assertTrue(wire.head().startsWith("HTTP/1.1 200"));
            assertTrue(System.nanoTime() - start < 2_500_000_000L, "the head came late");
            assertTrue(wire.rest().contains("late"));
        }
    }

    @Test
    void headHasTheHeadersAndNoBody() throws IOException {
        String response = get("HEAD", "/hello");
        assertTrue(response.contains("Content-Length: 5"), response);
        assertEquals("", body(response));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aStatusWithoutABodyLeavesTheConnectionUsable(int status) throws IOException {
        try (Wire wire = new Wire(setup.uri())) {
            wire.send("GET /status?" + status + " HTTP/1.1", "Host: h", "");
            assertTrue(wire.head().startsWith("HTTP/1.1 " + status));
            wire.send("GET /hello HTTP/1.1", "Host: h", "");
            assertTrue(wire.head().startsWith("HTTP/1.1 200"));
            assertEquals("hello", wire.until("hello"));
        }
    }

    @Test
    void aClientThatExpectsAContinueGetsItWhenTheGuestReads() throws IOException {
        try (Wire wire = new Wire(setup.uri())) {
            wire.send("POST /count HTTP/1.1", "Host: h", "Content-Length: 3", "Expect: 100-continue", "Connection: close", "");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", wire.head());
            assertTrue(wire.sendRaw("abc").rest().contains("\r\n\r\n1\r\n3\r\n"));
        }
    }

    @Test
    void requestsRunInParallelInInstancesOfTheirOwn() throws Exception {
        int requests = 16;
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> responses = IntStream.range(0, requests)
                    .mapToObj(_ -> threads.submit(() -> get("/sleep?1000")))
                    .toList();
            for (Future<String> response : responses) {
                assertTrue(response.get().contains("awake"));
            }
        }
        assertTrue(System.nanoTime() - start < requests / 2 * 1_000_000_000L, "one after another");
    }

    @Test
    void aHundredMebibytesStreamBothWaysInLittleMemory() throws Exception {
        int total = 100 << 20;
        try (Wire wire = new Wire(setup.uri())) {
            wire.send("POST /echo HTTP/1.1", "Host: h", "Content-Length: " + total, "Connection: close", "");
            Thread writer = Thread.startVirtualThread(() -> {
                String part = "x".repeat(1 << 16);
                try {
                    for (int sent = 0; sent < total; sent += part.length()) {
                        wire.sendRaw(part);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            wire.head();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long before = runtime.totalMemory() - runtime.freeMemory();
            long bytes = 0;
            long most = 0;
            byte[] buffer = new byte[1 << 16];
            for (int n = wire.read(buffer); n >= 0; n = wire.read(buffer)) {
                if (bytes / (25 << 20) != (bytes + n) / (25 << 20)) {
                    System.gc();
                    most = Math.max(most, runtime.totalMemory() - runtime.freeMemory() - before);
                }
                bytes += n;
            }
            writer.join();
            assertTrue(bytes > total, "only " + bytes + " bytes came back");
            assertTrue(most < 20 << 20, "held " + most + " bytes");
        }
    }

    @Test
    void aClientThatDoesNotReadStopsTheGuestAndOneThatGoesEndsIt() throws Exception {
        try (Wire wire = new Wire(setup.uri())) {
            wire.send("GET /zeros?1000000000 HTTP/1.1", "Host: h", "");
            wire.head();
            // Nothing is read: were the guest able to write on, it would be done before long.
            assertTrue(get("/sleep?500").contains("awake"));
            wire.reset();
        }
        String line = setup.log().await("closed with");
        long left = Long.parseLong(line.replaceAll(".*closed with (\\d+) bytes left", "$1"));
        assertTrue(left > 900_000_000, line);
    }
}
