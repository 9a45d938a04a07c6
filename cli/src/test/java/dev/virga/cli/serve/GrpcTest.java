package dev.virga.cli.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.virga.ingress.HttpServer;
import dev.virga.ingress.RouteLimits;
import dev.virga.ingress.Router;
import dev.virga.ingress.Servers;
import dev.virga.ingress.Service;
import dev.virga.ingress.Tables;
import dev.virga.ingress.Upstream;
import dev.virga.ingress.UpstreamClient;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.junit.jupiter.api.Test;

/** What gRPC needs of HTTP, with a guest behind the table of routes: HTTP/2, and trailers both ways. */
class GrpcTest {

    /** A message of gRPC: not compressed, its length, its bytes. */
    private static final byte[] MESSAGE = {0, 0, 0, 0, 3, 'a', 'b', 'c'};

    private static void call(Service service) throws Exception {
        Router router = Tables.router(Tables.route("*", "/echo", RouteLimits.DEFAULT, service));
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
        try (HttpServer server = Servers.java(Servers.LIMITS, router)) {
            client.start();
            ContentResponse response = new CompletableResponseListener(client.POST(server.uri() + "/echo")
                            .headers(headers -> headers.put("te", "trailers"))
                            .body(new BytesRequestContent("application/grpc", MESSAGE))
                            .trailersSupplier(() -> HttpFields.build().put("grpc-status", "0").put("host", "evil"))
                            .timeout(30, TimeUnit.SECONDS))
                    .send()
                    .get();
            assertEquals(HttpVersion.HTTP_2, response.getVersion());
            assertEquals(200, response.getStatus());
            assertArrayEquals(MESSAGE, response.getContent());
            assertEquals("0", response.getTrailers().get("grpc-status"));
            assertEquals("yes", response.getTrailers().get("x-echoed"));
            assertNull(response.getTrailers().get("host"));
        } finally {
            client.stop();
        }
    }

    @Test
    void aGuestTakesACall() throws Exception {
        try (Setup setup = Setup.guest()) {
            call(setup.service());
        }
    }

    @Test
    void aGuestBehindAnotherServerTakesACall() throws Exception {
        try (Setup setup = Setup.guest(); UpstreamClient client = Tables.localClient()) {
            call(new Upstream("h2c://127.0.0.1:" + setup.uri().getPort(), client));
        }
    }
}
