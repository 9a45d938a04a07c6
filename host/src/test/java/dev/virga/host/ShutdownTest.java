package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import dev.virga.link.LinkCall;
import dev.virga.link.LinkException;
import dev.virga.link.LinkFunction;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
            applyOrders(host, 50_000);
            host.applyHostile("stuck", "", "");
            order(host);
            host.awaitLog("packing");
            hang(host, "stuck");
            host.await("stuck", s -> s.instances() == 1);
        } finally {
            assertEndsInTime(host);
        }
    }

    /** The end of its body is sent after the host has begun to stop. */
    @Test
    void whatARequestPublishesWhileTheHostStopsIsHandled() throws Exception {
        TestHost host = new TestHost(data, Map.of(), Map.of());
        URI server = host.uri();
        try (host; Socket socket = new Socket(server.getHost(), server.getPort())) {
            applyOrders(host, 100);
            String request = orderRequest();
            int most = request.length() - 5;
            write(socket, request.substring(0, most));
            while (host.host().calls() == 0) {
                Thread.sleep(2); // there is nothing to wait on
            }
            Thread closing = Thread.ofVirtual().start(host::close);
            awaitRefused(server);
            write(socket, request.substring(most));
            assertAccepted(socket);
            closing.join();
        }
        assertTrue(host.log().contains("shipped"), host.log());
    }

    /** One message is handled at a time here. */
    @Test
    void messagesThatWaitAreHandledBeforeTheHostEnds() throws Exception {
        TestHost host = new TestHost(data, Map.of(), Map.of());
        try (host) {
            applyOrders(host, 100, "max_in_flight: \"1\"");
            for (int i = 0; i < 4; i++) {
                order(host);
            }
        }
        assertEquals(4, host.log().lines().filter(line -> line.contains("shipped")).count(), host.log());
    }

    /** An update replaces the only replica while orders come in, all of which are shipped. */
    @Test
    void messagesAreHandledDuringARollingUpdate() throws Exception {
        try (TestHost host = new TestHost(data, Map.of(), Map.of())) {
            applyOrders(host, 1);
            int orders = 0;
            for (int packing = 2; packing < 6; packing++) {
                host.apply(orders(packing, ""));
                do {
                    order(host);
                    orders++;
                } while (host.status("orders").revision() < packing || !host.status("orders").phase().equals("Running"));
            }
            for (int i = 1; i <= orders; i++) {
                host.awaitLog("order " + i + ": shipped");
            }
        }
    }

    private interface Call {
        void make() throws Exception;
    }

    /** Closes the host while a request holds it up for its time of grace, and calls until nobody answers any more. */
    private static void closeAndCallUntilNobodyAnswers(TestHost host, Call call) throws Exception {
        host.applyHostile("stuck", "", "");
        hang(host, "stuck");
        host.await("stuck", s -> s.instances() == 1);
        Thread closing = Thread.ofVirtual().start(host::close);
        try {
            call.make();
            assertTrue(closing.isAlive(), "the request is under way still");
        } finally {
            closing.join();
        }
    }

    @Test
    void callsOfLinksEndThoughARequestDoesNot() throws Exception {
        try (NatsServer nats = new NatsServer(Files.createDirectory(data.resolve("nats")));
                TestHost host = new TestHost(data.resolve("host"), Optional.empty(), Optional.of(nats.url()));
                LinkClient client = new LinkClient(nats.url())) {
            host.apply(LinkManifests.provider("serves: [{interface: \"test:links/work@1.2.0\", to: [client]}]"));
            host.await("answers", s -> s.phase().equals("Running"));
            LinkFunction codec = new LinkFunction(client.type("work", "wait"));
            LinkCall wait = new LinkCall(LinkClient.NAMESPACE, "wait", codec.fingerprint(), Duration.ofSeconds(20), "",
                    Map.of(), codec.encodeArguments(new Object[] {300}, 1000));
            closeAndCallUntilNobodyAnswers(host, () -> {
                LinkException e = assertThrows(LinkException.class, () -> {
                    while (true) {
                        client.network().call(LinkClient.address("work", "answers", "provider"), wait);
                    }
                });
                assertEquals(LinkException.Kind.NOBODY, e.kind(), e.getMessage());
            });
        }
    }

    @Test
    void messagesEndThoughARequestDoesNot() throws Exception {
        try (NatsServer nats = new NatsServer(Files.createDirectory(data.resolve("nats")));
                Connection client = Nats.connect(nats.url());
                TestHost host = new TestHost(data.resolve("host"), Map.of("messaging", Map.of("default",
                        new PluginHost.Backend("nats", new Settings(Map.of("url", nats.url()))))), Map.of())) {
            applyOrders(host, 1);
            order(host);
            String shipped = host.awaitLog("shipped").replaceAll(".*order (\\d+): shipped.*", "$1");
            closeAndCallUntilNobodyAnswers(host, () -> {
                var answers = client.subscribe("answers");
                while (true) {
                    client.publish("virga.default.orders.accepted", "answers", shipped.getBytes(StandardCharsets.US_ASCII));
                    Message answer = answers.nextMessage(Duration.ofMillis(20));
                    if (answer != null) {
                        assertEquals(503, answer.getStatus().getCode(), "no responders");
                        return;
                    }
                }
            });
        }
    }

    private static void applyOrders(TestHost host, int packing) throws Exception {
        applyOrders(host, packing, "");
    }

    /** @param setting of messaging, beside those that the example has */
    private static void applyOrders(TestHost host, int packing, String setting) throws Exception {
        host.apply(orders(packing, setting));
        host.await("orders", s -> s.phase().equals("Running"));
    }

    private static String orders(int packing, String setting) throws IOException {
        return Files.readString(TestHost.EXAMPLES.resolve("orders/manifest.yaml"))
                .replace("file:", "file:" + TestHost.EXAMPLES + "/orders/")
                .replace("\"1500\"", "\"" + packing + "\"")
                .replace("maxDeliver: \"5\"", "maxDeliver: \"5\"" + (setting.isEmpty() ? "" : "\n            " + setting))
                .replace("host: \"*\"", "host: orders.test");
    }

    private static String orderRequest() {
        String body = "{\"item\": \"tea\", \"quantity\": 2, \"price\": 450}";
        return "POST /orders HTTP/1.0\r\nHost: orders.test\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void order(TestHost host) throws IOException {
        try (Socket socket = new Socket(host.uri().getHost(), host.uri().getPort())) {
            write(socket, orderRequest());
            assertAccepted(socket);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertAccepted(Socket socket) throws IOException {
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
    }

    private static void awaitRefused(URI server) throws InterruptedException {
        while (true) {
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                Thread.sleep(2); // there is nothing to wait on
            } catch (IOException e) {
                return;
            }
        }
    }
}
