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
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the server says it is, and whom it believes. */
class TlsTest {

    private static final Router ROUTER = Tables.router(route("*", "/",
            exchange -> exchange.refuse(new Refusal(418, exchange.header("x-client-cert-subject").orElse("nobody")))));

    @TempDir
    private Path directory;

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
        Certificates a = Certificates.in(directory, "a", "CN=a", "a.test");
        Certificates b = Certificates.in(directory, "b", "CN=b", "b.test", "*.b.test");
        try (HttpServer server = server(new Tls(List.of(a.identity(), b.identity()), Optional.empty()), _ -> {})) {
            assertEquals("CN=a", ask(server, Certificates.anonymous(a, b), "a.test").name());
            assertEquals("CN=b", ask(server, Certificates.anonymous(a, b), "b.test").name());
            assertEquals("CN=b", ask(server, Certificates.anonymous(a, b), "x.b.test").name());
            assertEquals("CN=a", ask(server, Certificates.anonymous(a, b), "c.test").name());
        }
    }

    @Test
    void newFilesAreTakenOnceTheyFitEachOther() throws Exception {
        Path live = Files.createDirectory(directory.resolve("live"));
        Certificates old = Certificates.in(live, "it", "CN=old", "a.test");
        Certificates next = Certificates.in(directory, "next", "CN=new", "a.test");
        Lines log = new Lines();
        try (HttpServer server = server(new Tls(List.of(old.identity()), Optional.empty()), log)) {
            assertEquals("CN=old", ask(server, Certificates.anonymous(old, next), "a.test").name());
            Files.copy(next.certificate(), old.certificate(), StandardCopyOption.REPLACE_EXISTING);
            assertTrue(log.await("TLS goes on").contains("is not that of certificate"));
            assertEquals("CN=old", ask(server, Certificates.anonymous(old, next), "a.test").name());
            Files.copy(next.key(), old.key(), StandardCopyOption.REPLACE_EXISTING);
            log.await("TLS keys and certificates were read again");
            assertEquals("CN=new", ask(server, Certificates.anonymous(old, next), "a.test").name());
        }
    }

    @Test
    void aServerDoesNotStartWithHalvesThatDoNotFit() throws Exception {
        Certificates a = Certificates.in(directory, "a", "CN=a");
        Certificates b = Certificates.in(directory, "b", "CN=b");
        TlsIdentity mixed = new TlsIdentity(a.certificate(), b.key());
        assertThrows(ServeException.Tls.class, mixed::check);
        assertThrows(ServeException.Tls.class, () -> server(new Tls(List.of(mixed), Optional.empty()), _ -> {}));
    }

    @Test
    void aRequiredClientCertificateIsCheckedAndNamed() throws Exception {
        Certificates server = Certificates.in(directory, "server", "CN=server", "a.test");
        Certificates known = Certificates.in(directory, "known", "CN=Zo\u00eb\\, Inc,O=x");
        Certificates unknown = Certificates.in(directory, "unknown", "CN=known");
        Tls tls = new Tls(List.of(server.identity()), Optional.of(new Tls.Clients(known.certificate(), true)));
        try (HttpServer running = server(tls, _ -> {})) {
            String answer = ask(running, known.client(server), "a.test", "X-Client-Cert-Subject: CN=admin\r\n").answer();
            assertTrue(answer.endsWith(": CN=Zo\\C3\\AB\\, Inc,O=x\n"), answer);
            assertRefused(running, unknown.client(server));
            assertRefused(running, Certificates.anonymous(server));
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
        Certificates server = Certificates.in(directory, "server", "CN=server", "a.test");
        Certificates known = Certificates.in(directory, "known", "CN=known");
        Certificates unknown = Certificates.in(directory, "unknown", "CN=unknown");
        Tls tls = new Tls(List.of(server.identity()), Optional.of(new Tls.Clients(known.certificate(), false)));
        try (HttpServer running = server(tls, _ -> {})) {
            assertTrue(ask(running, known.client(server), "a.test").answer().endsWith(": CN=known\n"));
            String anonymous = ask(running, Certificates.anonymous(server), "a.test", "X-Client-Cert-Subject: CN=admin\r\n").answer();
            assertTrue(anonymous.endsWith(": nobody\n"), anonymous);
            assertRefused(running, unknown.client(server));
        }
    }

    @Test
    void aSubjectIsAsciiAndNoTwoLookTheSame() {
        assertEquals("CN=a b", DistinguishedNames.ascii(new X500Principal("CN=a b")));
        String newline = DistinguishedNames.ascii(new X500Principal("CN=\"a\nx: y\""));
        assertTrue(newline.matches("[ -~]+"), newline);
    }
}
