package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import dev.virga.plugin.Limits;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.messaging.LoggingHost;
import dev.virga.plugin.messaging.Message;
import dev.virga.plugin.messaging.MessagingBackend;
import dev.virga.plugin.messaging.MessagingException;
import dev.virga.plugin.messaging.Received;
import dev.virga.plugin.messaging.Subscription;
import io.nats.client.NKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that go, come back, refuse, say nothing, or say what no server says. */
class NatsOutageTest {

    private final List<String> log = new CopyOnWriteArrayList<>();

    private MessagingBackend core(String url, String timeout, String... more) {
        return new NatsMessaging.Kind().open("bus", settings(url, timeout, more), new LoggingHost(log));
    }

    private static Settings settings(String url, String timeout, String... more) {
        Settings settings = Settings.NONE.with("url", url).with("timeout", timeout);
        for (int i = 0; i < more.length; i += 2) {
            settings = settings.with(more[i], more[i + 1]);
        }
        return settings;
    }

    private static Subscription subscription(String subject, Duration ackWait) {
        return new Subscription(
                new WorkloadName("a", "w"),
                List.of(subject),
                Optional.of("g"),
                8,
                ackWait,
                Limits.DEFAULT,
                Limiter.UNLIMITED);
    }

    private static Message message(String body) {
        return new Message("x", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRestartOfTheServerIsSurvived(@TempDir Path store) throws Exception {
        try (NatsServer server = new NatsServer(store);
                MessagingBackend core = core(server.url(), "200ms");
                MessagingBackend patient = core(server.url(), "30s")) {
            Received received = new Received();
            try (MessagingBackend.Delivering _ = patient.subscribe(subscription("x", Duration.ofSeconds(1)), received);
                    MessagingBackend.Delivering _ = patient.subscribe(
                            subscription("ask", Duration.ofSeconds(1)), (question, _) -> {
                                patient.publish(
                                        "a", new Message(question.replyTo().orElseThrow(), question.body()));
                                return Optional.empty();
                            })) {
                patient.publish("a", message("before"));
                assertEquals("before", received.nextBody());
                core.publish("a", message("also before"));
                assertEquals("also before", received.nextBody());

                server.kill();
                awaitLog("connection lost; it is made again", 2);
                MessagingException.Unavailable e =
                        assertThrows(MessagingException.Unavailable.class, () -> core.publish("a", message("lost")));
                assertEquals("the NATS backend \"bus\" is not connected; try again later", e.getMessage());
                Thread waiting = Thread.startVirtualThread(() -> patient.publish("a", message("waited")));
                server.start();
                waiting.join();
                assertEquals("waited", received.nextBody());
                assertEquals(
                        "x",
                        Received.text(patient.request(
                                        "a",
                                        new Message("ask", "x".getBytes(StandardCharsets.UTF_8)),
                                        new MessagingBackend.Wanted(
                                                Duration.ofSeconds(30), 1, 100, Limiter.UNLIMITED))
                                .getFirst()));
            }
        }
    }

    private void awaitLog(String text, int times) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (log.stream().filter(line -> line.contains(text)).count() < times) {
            assertTrue(System.nanoTime() < end, () -> "not logged: " + text + " in " + log);
            Thread.sleep(5);
        }
    }

    @Test
    void aStreamLosesNothingThatItConfirmed(@TempDir Path store) throws Exception {
        int many = 600;
        Set<String> confirmed = ConcurrentHashMap.newKeySet();
        Set<String> handled = ConcurrentHashMap.newKeySet();
        try (NatsServer server = new NatsServer(store);
                MessagingBackend stream = new JetStreamMessaging.Kind()
                        .open("bus", settings(server.url(), "2s"), new LoggingHost(log))) {
            try (MessagingBackend.Delivering _ = stream.subscribe(
                    subscription("x", Duration.ofSeconds(2)), (message, attempt) -> {
                        if (attempt == 1 && Received.text(message).endsWith("7")) {
                            return Optional.of(Duration.ofMillis(10)); // some need two deliveries
                        }
                        handled.add(Received.text(message));
                        return Optional.empty();
                    })) {
                Thread publisher = Thread.startVirtualThread(() -> {
                    for (int i = 0; i < many; ) {
                        try {
                            stream.publish("a", message(Integer.toString(i)));
                            confirmed.add(Integer.toString(i++));
                        } catch (MessagingException.Unavailable _) {
                            // sent again
                        }
                    }
                });
                for (int restart = 1; restart <= 2; restart++) {
                    while (confirmed.size() < restart * many / 4) {
                        Thread.sleep(1);
                    }
                    server.kill();
                    server.start();
                }
                publisher.join();
                long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (!handled.containsAll(confirmed)) {
                    assertTrue(System.nanoTime() < end, () -> confirmed.size() - handled.size() + " lost: " + log);
                    Thread.sleep(10);
                }
            }
        }
        assertEquals(many, confirmed.size());
    }

    @Test
    void aServerThatIsNotThereIsWaitedFor(@TempDir Path store) throws Exception {
        int port = NatsServer.freePort();
        try (MessagingBackend core = core("nats://127.0.0.1:" + port, "100ms")) {
            assertThrows(MessagingException.Unavailable.class, () -> core.publish("a", message("x")));
            assertThrows(
                    PluginException.Unavailable.class,
                    () -> core.subscribe(subscription("x", Duration.ofSeconds(1)), new Received()));
        }
        assertTrue(log.getFirst().startsWith("NATS backend \"bus\": not connected: "), log::toString);
    }

    /** A server that does this with each connection. */
    private interface Behaviour {
        void serve(Socket socket) throws IOException;
    }

    private void assertNoHarm(Behaviour behaviour) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        Thread.startVirtualThread(() -> {
                            try (socket) {
                                behaviour.serve(socket);
                                socket.getInputStream().readAllBytes();
                            } catch (IOException _) {
                                // gone
                            }
                        });
                    } catch (IOException _) {
                        // closed
                    }
                }
            });
            assertTimeoutPreemptively(Duration.ofSeconds(40), () -> {
                try (MessagingBackend core = core("nats://127.0.0.1:" + server.getLocalPort(), "300ms")) {
                    for (int i = 0; i < 3; i++) {
                        MessagingException e = assertThrows(
                                MessagingException.class,
                                () -> core.request(
                                        "a",
                                        message("x"),
                                        new MessagingBackend.Wanted(
                                                Duration.ofMillis(300), 1, 100, Limiter.UNLIMITED)));
                        assertTrue(e.getMessage().length() < 200, e::getMessage);
                    }
                }
            });
        }
        assertTrue(log.size() < 50, () -> log.size() + " lines");
    }

    @Test
    void aServerThatSaysNothingDoesNoHarm() throws Exception {
        assertNoHarm(_ -> {});
    }

    @Test
    void aServerThatSaysGarbageDoesNoHarm() throws Exception {
        assertNoHarm(socket -> {
            byte[] garbage = new byte[100_000];
            new Random(5).nextBytes(garbage);
            socket.getOutputStream().write(garbage);
        });
    }

    @Test
    void aServerThatTurnsToGarbageDoesNoHarm() throws Exception {
        assertNoHarm(socket -> {
            OutputStream out = socket.getOutputStream();
            out.write(("INFO {\"server_id\":\"x\",\"version\":\"2.9.10\",\"proto\":1,\"headers\":true,"
                            + "\"max_payload\":1048576}\r\nPONG\r\nMSG x 1 99\r\nHMSG a b c d e f\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] garbage = new byte[100_000];
            new Random(6).nextBytes(garbage);
            out.write(garbage);
        });
    }

    @Test
    void refusedCredentialsAreAClearErrorAndNotPrinted(@TempDir Path store) throws Exception {
        try (NatsServer server = new NatsServer(store, "--auth", "right");
                MessagingBackend wrong = core(server.url(), "200ms", "token", "wrong");
                MessagingBackend right = core(server.url(), "10s", "token", "right")) {
            right.publish("a", message("x"));
            assertThrows(MessagingException.Unavailable.class, () -> wrong.publish("a", message("x")));
            awaitLog("Authorization Violation", 1);
        }
        assertTrue(log.stream().noneMatch(line -> line.contains("wrong")), log::toString);
    }

    @Test
    void userAndPasswordAreUsed(@TempDir Path store) throws Exception {
        try (NatsServer server = new NatsServer(store, "--user", "u", "--pass", "p");
                MessagingBackend right = core(server.url(), "10s", "user", "u", "password", "p")) {
            right.publish("a", message("x"));
        }
    }

    @Test
    void anNkeySigns(@TempDir Path store) throws Exception {
        NKey user = NKey.createUser(null);
        Path seed = Files.writeString(store.resolve("seed"), new String(user.getSeed()) + "\n");
        Path configuration = Files.writeString(
                store.resolve("nats.conf"),
                "authorization { users = [ { nkey: " + new String(user.getPublicKey()) + " } ] }");
        try (NatsServer server = new NatsServer(store, "-c", configuration.toString());
                MessagingBackend right = core(server.url(), "10s", "nkey", seed.toString());
                MessagingBackend none = core(server.url(), "200ms")) {
            right.publish("a", message("x"));
            assertThrows(MessagingException.Unavailable.class, () -> none.publish("a", message("x")));
        }
    }

    @Test
    void wrongSettingsAreRefusedWithoutTheirSecrets() {
        Map<Settings, String> wrong = Map.of(
                settings("http://u:secret@h", "1s"), "\"url\" must be one or more of nats://HOST:PORT",
                settings("nats://u:secret@", "1s"), "\"url\" must be one or more of nats://HOST:PORT",
                settings("nats://h", "0ms"), "\"timeout\" must be from 1ms to 10m, but is 0ms",
                settings("nats://h", "1s", "creds", "/none"), "the file of the setting \"creds\" cannot be read",
                settings("nats://h", "1s", "nkey", "/none"), "the file of the setting \"nkey\" cannot be read",
                settings("nats://h", "1s", "token", "secret", "user", "u"), "[user, token] exclude each other",
                settings("nats://h", "1s", "user", "u"), "\"password\" is missing",
                settings("nats://h", "1s", "prefix", "a.b"), "\"prefix\" must be letters, digits",
                settings("nats://h", "1s", "tlsCa", "/none"), "the setting \"tlsCa\" must be a file with certificates in PEM",
                settings("nats://h", "1s", "urls", "x"), "unknown settings [urls]");
        wrong.forEach((settings, text) -> {
            PluginException.Refused e = assertThrows(
                    PluginException.Refused.class,
                    () -> new NatsMessaging.Kind().open("bus", settings, new LoggingHost(log)).close());
            assertTrue(e.getMessage().contains(text), e::getMessage);
            assertTrue(!e.getMessage().contains("secret"), e::getMessage);
        });
    }
}
