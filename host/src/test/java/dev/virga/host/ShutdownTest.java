package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What does not end by itself holds a host up for its time of grace, which is 2 s here, and not for several. */
@Timeout(60)
class ShutdownTest {

    @TempDir
    private Path data;

    private static void hang(TestHost host, String name) {
        Thread.ofVirtual().start(() -> {
            try {
                host.get(name + ".test", "/sleep");
            } catch (IOException e) {
                // the host has gone
            }
        });
    }

    private static void assertEndsInTime(AutoCloseable host) throws Exception {
        long begun = System.nanoTime();
        host.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(Duration.ofMillis(3500)) < 0, () -> "it took " + took);
    }

    @Test
    void replicasOfOneObjectEndAtTheSameTime() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.applyHostile("stuck", "", "");
            host.host().scale(Kind.WORKLOAD_DEPLOYMENT, "default", "stuck", 3);
            host.await("stuck", s -> s.ready() == 3);
            for (int i = 0; i < 3; i++) {
                hang(host, "stuck");
            }
            host.await("stuck", s -> s.instances() == 3);
            assertEndsInTime(host.host());
        }
    }

    @Test
    void requestsAndMessagesHaveOneTimeTogether() throws Exception {
        TestHost host = new TestHost(data, Map.of(), Map.of());
        try {
            host.apply(Files.readString(TestHost.EXAMPLES.resolve("orders/manifest.yaml"))
                    .replace("file:", "file:" + TestHost.EXAMPLES + "/orders/")
                    .replace("\"1500\"", "\"50000\"")
                    .replace("host: \"*\"", "host: orders.test"));
            host.await("orders", s -> s.phase().equals("Running"));
            host.applyHostile("stuck", "", "");
            order(host);
            host.awaitLog("packing");
            hang(host, "stuck");
            host.await("stuck", s -> s.instances() == 1);
        } finally {
            assertEndsInTime(host);
        }
    }

    /** Its message is being handled for 50 s. */
    private static void order(TestHost host) throws IOException {
        String body = "{\"item\": \"tea\", \"quantity\": 2, \"price\": 450}";
        try (Socket socket = new Socket(host.uri().getHost(), host.uri().getPort())) {
            socket.getOutputStream().write(("POST /orders HTTP/1.0\r\nHost: orders.test\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.contains(" 201 ") || answer.contains(" 202 ") || answer.contains(" 200 "), answer);
        }
    }
}
