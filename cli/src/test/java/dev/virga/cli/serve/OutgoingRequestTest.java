package dev.virga.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.ingress.ServeOptions;
import dev.virga.ingress.Servers;
import dev.virga.ingress.TestIdentity;
import dev.virga.ingress.Tls;
import dev.virga.ingress.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that sends requests of its own. */
class OutgoingRequestTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static Setup granted;

    @BeforeAll
    static void start() {
        granted = Setup.guest("127.0.0.1");
    }

    @AfterAll
    static void stop() {
        granted.close();
    }

    private static String proxy(Setup through, String url, String... headers) throws IOException {
        try (Wire wire = new Wire(through.uri())) {
            wire.sendRaw("GET /proxy?" + url + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n");
            return wire.send(headers).send("").rest();
        }
    }

    @Test
    void withoutAGrantTheRequestIsDeniedAndTheOperatorIsToldHowToAllowIt() throws Exception {
        try (Setup setup = Setup.guest("example.com", "127.0.0.1:1")) {
            assertTrue(proxy(setup, "http://127.0.0.1:2/").contains("ErrorCode::HttpRequestDenied"));
            String line = setup.log().await("outgoing HTTP refused");
            assertTrue(line.contains("127.0.0.1:2"), line);
            assertTrue(line.contains("http=127.0.0.1"), line);
        }
    }

    @Test
    void aNameDoesNotLeadToSpecialAddresses() throws Exception {
        try (Setup setup = Setup.guest("*");
                Upstream upstream = new Upstream((_, out) -> Upstream.write(out, OK))) {
            String response = proxy(setup, "http://localhost:" + upstream.port() + "/");
            assertTrue(response.contains("ErrorCode::DestinationIpProhibited"), response);
            String line = setup.log().await("outgoing HTTP refused");
            assertTrue(line.contains("private or special"), line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "0.0.0.0"
    })
    void everyPublicHostIsNotTheHostsOwnNetwork(String host) throws Exception {
        try (Setup setup = Setup.guest("*")) {
            String response = proxy(setup, "http://" + host + ":1/");
            assertTrue(response.contains("ErrorCode::DestinationIpProhibited"), response);
        }
    }

    @Test
    void aGrantedRangeIsReachedByAnyName() throws Exception {
        try (Setup setup = Setup.guest("127.0.0.0/8");
                Upstream upstream = new Upstream((_, out) -> Upstream.write(out, OK))) {
            assertTrue(proxy(setup, "http://localhost:" + upstream.port() + "/").contains("ok"));
        }
    }

    @Test
    void bodyAndTrailersStreamBothWays() throws IOException {
        try (Setup echo = Setup.guest();
                Wire wire = new Wire(granted.uri())) {
            wire.send(
                    "POST /proxy?" + echo.uri() + "/echo HTTP/1.1", "Host: h", "Transfer-Encoding: chunked",
                    "Connection: close", "", "3", "abc");
            wire.send("4", "defg", "0", "X-Sum: 7", "");
            String response = wire.rest();
            assertTrue(response.contains("x-status: 200\r\n"), response);
            assertTrue(response.contains("abc"), response);
            assertTrue(response.contains("defg"), response);
            assertTrue(response.endsWith("0\r\nx-sum: 7\r\nx-echoed: yes\r\n\r\n"), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/../b%2Fc?x=%ff&y[]=1", "/a//b", "/?http://other/"})
    void nothingIsAddedToARequestAndItsTargetStays(String target) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (Upstream upstream = new Upstream((head, out) -> {
            heads.add(head);
            Upstream.write(out, OK);
        })) {
            String response = proxy(granted, upstream.url(target));
            assertEquals(
                    "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + upstream.port()
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n",
                    heads.poll(),
                    response);
        }
    }

    @Test
    void redirectsAreTheGuestsToFollow() throws Exception {
        try (Upstream upstream = new Upstream((_, out) -> Upstream.write(
                out, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"))) {
            String response = proxy(granted, upstream.url("/"));
            assertTrue(response.contains("x-status: 302\r\n"), response);
        }
    }

    @Test
    void aClosedPortIsConnectionRefused() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        String response = proxy(granted, "http://127.0.0.1:" + port + "/");
        assertTrue(response.contains("ErrorCode::ConnectionRefused"), response);
    }

    @ParameterizedTest
    @CsvSource({"x-connect: 0,ConnectionTimeout", "x-first-byte: 100,ConnectionReadTimeout", "x-first-byte: 0,ConnectionReadTimeout"})
    void aSilentPeerEndsInTheTimeoutThatTheGuestSet(String header, String code) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Upstream upstream = new Upstream((_, _) -> over.await())) {
            String response = proxy(granted, upstream.url("/"), header);
            assertTrue(response.contains("ErrorCode::" + code), response);
        } finally {
            over.countDown();
        }
    }

    @Test
    void aPeerThatFallsSilentInTheBodyEndsInATimeout() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Setup setup = Setup.guest("127.0.0.1");
                Upstream upstream = new Upstream((_, out) -> {
                    Upstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npart");
                    over.await();
                })) {
            String response = proxy(setup, upstream.url("/"), "x-between-bytes: 200");
            assertTrue(response.contains("part"), response);
            assertFalse(response.endsWith("0\r\n\r\n"), response);
            assertTrue(setup.log().await("upstream:").contains("ErrorCode::ConnectionReadTimeout"));
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npart",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
    })
    void anAnswerThatIsCutIsAnErrorAndIsPassedOnAsOne(String answer) throws Exception {
        try (Setup setup = Setup.guest("127.0.0.1");
                Upstream upstream = new Upstream((_, out) -> Upstream.write(out, answer))) {
            String response = proxy(setup, upstream.url("/"));
            assertFalse(response.endsWith("0\r\n\r\n"), response);
            assertTrue(setup.log().await("upstream:").contains("Some(ErrorCode::"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'nonsense\r\n\r\n',HttpProtocolError",
        "'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',HttpProtocolError",
        "'',ConnectionTerminated",
    })
    void anAnswerThatIsNoneIsAnError(String answer, String code) throws Exception {
        try (Upstream upstream = new Upstream((_, out) -> Upstream.write(out, answer))) {
            String response = proxy(granted, upstream.url("/"));
            assertTrue(response.contains("ErrorCode::" + code), response);
        }
    }

    @Test
    void headersBeyondTheLimitAreAnError() throws Exception {
        try (Upstream upstream = new Upstream((_, out) ->
                Upstream.write(out, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(200_000) + "\r\n\r\n"))) {
            String response = proxy(granted, upstream.url("/"));
            assertTrue(response.contains("ErrorCode::HttpResponseHeaderSectionSize"), response);
        }
    }

    @Test
    void tlsNeedsACertificateThatIsTrusted(@TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.in(directory, "EC");
        ServeOptions secure = Servers.options(new Tls(List.of(identity.identity()), Optional.empty()));
        try (Setup upstream = Setup.guest(secure, SSLContext.getDefault());
                Setup trusting = Setup.guest(Servers.options(Servers.LIMITS), identity.trusting(), "127.0.0.1")) {
            String trusted = proxy(trusting, upstream.uri() + "/target");
            assertTrue(trusted.contains("Some(Scheme::Https)"), trusted);
            String untrusted = proxy(granted, upstream.uri() + "/target");
            assertTrue(untrusted.contains("ErrorCode::TlsCertificateError"), untrusted);
            String mixedUp = proxy(trusting, "https://127.0.0.1:" + trusting.uri().getPort() + "/");
            assertTrue(mixedUp.contains("ErrorCode::Tls"), mixedUp);
        }
    }
}
