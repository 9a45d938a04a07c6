package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TracingTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    private Path data;

    @Test
    void aTraceGoesOnWithTheRequestsOfAGuest() throws Exception {
        CompletableFuture<String> parent = new CompletableFuture<>();
        HttpServer upstream = HttpServer.create(new InetSocketAddress(TestHost.ownAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            parent.complete(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        upstream.start();
        try (TestHost host = new TestHost(data)) {
            String ip = upstream.getAddress().getAddress().getHostAddress();
            String address = ip + ":" + upstream.getAddress().getPort();
            host.apply("""
                    apiVersion: runtime.wasmcloud.dev/v1alpha1
                    kind: Workload
                    metadata: {name: api}
                    spec:
                      components:
                        - name: api
                          image: file:EXAMPLES/http-api/api.wasm
                          localResources: {allowedHosts: ['ADDRESS']}
                    virga: {egress: {addresses: [{cidr: IP/32}]}}
                    """.replace("IP", ip).replace("EXAMPLES", TestHost.EXAMPLES.toString()).replace("ADDRESS", address));
            host.await("api", s -> s.phase().equals("Running"));
            try (Socket socket = new Socket(host.uri().getHost(), host.uri().getPort())) {
                socket.getOutputStream().write(("GET /proxy?http://" + address + "/ HTTP/1.0\r\nHost: api.localhost\r\n"
                        + "traceparent: " + PARENT + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(parent.isDone(), answer);
            }
            assertEquals(PARENT, parent.get(20, TimeUnit.SECONDS));
        } finally {
            upstream.stop(0);
        }
    }
}
