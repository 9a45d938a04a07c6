package dev.virga.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.ingress.ServeException;
import dev.virga.ingress.ServeOptions;
import dev.virga.ingress.Servers;
import dev.virga.ingress.TestIdentity;
import dev.virga.ingress.Tls;
import dev.virga.ingress.TlsIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 in clear text with prior knowledge, and both versions over TLS. */
class Http2Test {

    @FunctionalInterface
    private interface Use {
        void of(HttpClient client, Setup setup) throws Exception;
    }

    private static void overHttp2(Use use) throws Exception {
        try (Setup setup = Setup.guest()) {
            HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
            client.start();
            try {
                use.of(client, setup);
            } finally {
                client.stop();
            }
        }
    }

    private static CompletableFuture<ContentResponse> sent(Request request) {
        return new CompletableResponseListener(request.timeout(30, TimeUnit.SECONDS)).send();
    }

    @Test
    void bodyAndTrailersAreEchoed() throws Exception {
        overHttp2((client, setup) -> {
            ContentResponse response = sent(client.POST(setup.uri() + "/echo")
                            .body(new StringRequestContent("abcdefg"))
                            .trailersSupplier(() -> HttpFields.build().put("x-sum", "7").put("connection", "close")))
                    .get();
            assertEquals(HttpVersion.HTTP_2, response.getVersion());
            assertEquals("abcdefg", response.getContentAsString());
            assertEquals("7", response.getTrailers().get("x-sum"));
            assertEquals("yes", response.getTrailers().get("x-echoed"));
        });
    }

    @Test
    void theAuthorityReachesTheGuest() throws Exception {
        overHttp2((client, setup) -> {
            String target = client.GET(setup.uri() + "/target?q").getContentAsString();
            assertEquals(
                    "Method::Get Some(Scheme::Http) Some(\"127.0.0.1:" + setup.uri().getPort() + "\") /target?q", target);
        });
    }

    @Test
    void requestsOfOneConnectionRunInParallel() throws Exception {
        overHttp2((client, setup) -> {
            long start = System.nanoTime();
            IntStream.range(0, 8)
                    .mapToObj(_ -> sent(client.newRequest(setup.uri() + "/sleep?1000")))
                    .toList()
                    .forEach(response -> assertEquals("awake", response.join().getContentAsString()));
            assertTrue(System.nanoTime() - start < 6_000_000_000L, "one after another");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trap-midway", "/unfinished", "/short", "/long"})
    void anAnswerThatIsNotWholeIsReset(String path) throws Exception {
        overHttp2((client, setup) -> {
            assertThrows(Exception.class, () -> sent(client.newRequest(setup.uri() + path)).get());
            assertEquals("hello", client.GET(setup.uri() + "/hello").getContentAsString());
        });
    }

    @Test
    void aGuestWithoutAnAnswerGives500() throws Exception {
        overHttp2((client, setup) -> {
            assertEquals(500, client.GET(setup.uri() + "/trap").getStatus());
            assertEquals("hello", client.GET(setup.uri() + "/hello").getContentAsString());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void tlsOffersBothVersions(String algorithm, @TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.in(directory, algorithm);
        ServeOptions secure = Servers.options(new Tls(List.of(identity.identity()), Optional.empty()));
        try (Setup setup = Setup.guest(secure, SSLContext.getDefault())) {
            assertEquals("https", setup.uri().getScheme());
            for (HttpVersion version : new HttpVersion[] {HttpVersion.HTTP_1_1, HttpVersion.HTTP_2}) {
                SslContextFactory.Client tls = new SslContextFactory.Client();
                tls.setSslContext(identity.trusting());
                ClientConnector connector = new ClientConnector();
                connector.setSslContextFactory(tls);
                HttpClient client = new HttpClient(new HttpClientTransportDynamic(
                        connector,
                        version == HttpVersion.HTTP_2
                                ? new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector))
                                : HttpClientConnectionFactory.HTTP11));
                client.start();
                try {
                    ContentResponse response = client.GET(setup.uri() + "/target");
                    assertEquals(version, response.getVersion());
                    assertTrue(response.getContentAsString().contains("Scheme::Https"), response.getContentAsString());
                } finally {
                    client.stop();
                }
            }
        }
    }

    @Test
    void aKeyInAnotherFormIsOneClearError(@TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.in(directory, "EC");
        Path other = Files.writeString(
                directory.resolve("other.key"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
                StandardCharsets.US_ASCII);
        String message = assertThrows(
                        ServeException.Tls.class, () -> new TlsIdentity(identity.certificate(), other).check())
                .getMessage();
        assertTrue(message.contains("openssl pkcs8 -topk8"), message);
        assertThrows(ServeException.Tls.class, () -> new TlsIdentity(other, identity.key()).check());
        assertThrows(ServeException.Tls.class, () -> new TlsIdentity(directory.resolve("none"), identity.key()).check());
    }
}
