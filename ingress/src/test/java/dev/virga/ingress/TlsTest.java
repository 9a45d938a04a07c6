package dev.virga.ingress;

import static dev.virga.ingress.Tables.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the server says it is, and whom it believes. */
class TlsTest {

    private static final Router ROUTER = Tables.router(route("*", "/",
            exchange -> exchange.refuse(new Refusal(418, exchange.header("x-client-cert-subject").orElse("nobody")))));

    @TempDir
    private static Path directory;

    private static Certificates a;
    private static Certificates b;
    private static Certificates known;
    private static Certificates unknown;

    @BeforeAll
    static void makeKeys() throws Exception {
        a = Certificates.in(directory, "a", "CN=a", "a.test");
        b = Certificates.in(directory, "b", "CN=b", "b.test", "*.b.test");
        known = Certificates.in(directory, "known", "CN=Zo\u00eb\\, Inc,O=x");
        unknown = Certificates.in(directory, "unknown", "CN=known");
    }

    private static HttpServer server(Tls tls, ServeLog log) {
        return HttpServer.start(Servers.options(tls), ROUTER, log);
    }

    /** What the server's certificate names, and its answer. */
    private record Seen(String name, String answer) {}

    private static Seen ask(HttpServer server, SSLContext client, String host, String... headers) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.uri().getPort())) {
            socket.setSoTimeout(30_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            String name = ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
            socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + String.join("", headers) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new Seen(name, new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void eachNameGetsItsCertificateAndOthersTheFirst() throws Exception {
        try (HttpServer server = server(new Tls(List.of(a.identity(), b.identity()), Optional.empty()), _ -> {})) {
            assertEquals("CN=a", name(server, "a.test"));
            assertEquals("CN=b", name(server, "b.test"));
            assertEquals("CN=b", name(server, "x.b.test"));
            assertEquals("CN=a", name(server, "c.test"));
        }
    }

    /** With a client of its own each time, which resumes no session of another name. */
    private static String name(HttpServer server, String host) throws Exception {
        return ask(server, Certificates.anonymous(a, b), host).name();
    }

    @Test
    void newFilesAreTakenOnceTheyFitEachOther(@TempDir Path live) throws Exception {
        Path certificate = Files.copy(a.certificate(), live.resolve("it.crt"));
        Path key = Files.copy(a.key(), live.resolve("it.key"));
        Lines log = new Lines();
        try (HttpServer server = server(new Tls(List.of(new TlsIdentity(certificate, key)), Optional.empty()), log)) {
            assertEquals("CN=a", name(server, "a.test"));
            Files.copy(b.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            assertTrue(log.await("TLS goes on").contains("is not that of certificate"));
            assertEquals("CN=a", name(server, "a.test"));
            Files.copy(b.key(), key, StandardCopyOption.REPLACE_EXISTING);
            log.await("TLS keys and certificates were read again");
            assertEquals("CN=b", name(server, "a.test"));
        }
    }

    @Test
    void aServerDoesNotStartWithHalvesThatDoNotFit() {
        TlsIdentity mixed = new TlsIdentity(a.certificate(), b.key());
        assertThrows(ServeException.Tls.class, mixed::check);
        assertThrows(ServeException.Tls.class, () -> server(new Tls(List.of(mixed), Optional.empty()), _ -> {}));
    }

    @Test
    void aRequiredClientCertificateIsCheckedAndNamed() throws Exception {
        Tls tls = new Tls(List.of(a.identity()), Optional.of(new Tls.Clients(known.certificate(), true)));
        try (HttpServer server = server(tls, _ -> {})) {
            String answer = ask(server, known.client(a), "a.test", "X-Client-Cert-Subject: CN=admin\r\n").answer();
            assertTrue(answer.endsWith(": CN=Zo\\C3\\AB\\, Inc,O=x\n"), answer);
            assertRefused(server, unknown.client(a));
            assertRefused(server, Certificates.anonymous(a));
        }
    }

    private static void assertRefused(HttpServer server, SSLContext client) {
        assertThrows(IOException.class, () -> {
            String answer = ask(server, client, "a.test").answer(); // TLS 1.3 refuses after the handshake
            assertFalse(answer.startsWith("HTTP/"), answer);
            throw new IOException("closed without an answer");
        });
    }

    @Test
    void anOptionalOneMayBeMissingButNotBeWrong() throws Exception {
        Tls tls = new Tls(List.of(a.identity()), Optional.of(new Tls.Clients(known.certificate(), false)));
        try (HttpServer server = server(tls, _ -> {})) {
            assertTrue(ask(server, known.client(a), "a.test").answer().endsWith(", Inc,O=x\n"));
            String anonymous =
                    ask(server, Certificates.anonymous(a), "a.test", "X-Client-Cert-Subject: CN=admin\r\n").answer();
            assertTrue(anonymous.endsWith(": nobody\n"), anonymous);
            assertRefused(server, unknown.client(a));
        }
    }

    /** A byte now and then keeps the library's idle time from ever ending. */
    @Test
    void aHandshakeThatComesInDropsIsCutOff() throws Exception {
        ServeOptions plain = Servers.options(new Tls(List.of(a.identity()), Optional.empty()));
        ServeLimits hasty = new ServeLimits(4096, 20, 1000, 10, 10, Duration.ofSeconds(60), Duration.ofMillis(300));
        ServeOptions options = new ServeOptions(
                plain.address(), plain.tls(), hasty, plain.grace(), plain.accessLog(), plain.forwarding(), plain.listener());
        try (HttpServer server = HttpServer.start(options, ROUTER, _ -> {}); Wire wire = new Wire(server.uri())) {
            wire.sendRaw("\u0016\u0003\u0001\u0040\u0000\u0001\u0000\u003f"); // a record of 16 KiB begins
            CompletableFuture<String> rest = new CompletableFuture<>();
            Thread.startVirtualThread(() -> rest.complete(wire.rest()));
            long begun = System.nanoTime();
            while (!rest.isDone()) {
                assertTrue(System.nanoTime() - begun < 10_000_000_000L, "still open");
                try {
                    wire.sendRaw("x");
                    rest.get(50, TimeUnit.MILLISECONDS);
                } catch (TimeoutException | IOException e) {
                    // the next drop
                }
            }
        }
    }

    @Test
    void aSubjectIsAsciiAndNoTwoLookTheSame() {
        assertEquals("CN=a b", DistinguishedNames.ascii(new X500Principal("CN=a b")));
        String newline = DistinguishedNames.ascii(new X500Principal("CN=\"a\nx: y\""));
        assertTrue(newline.matches("[ -~]+"), newline);
    }
}
