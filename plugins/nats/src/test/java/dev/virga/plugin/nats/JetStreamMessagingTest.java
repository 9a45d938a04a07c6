package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.messaging.Message;
import dev.virga.plugin.messaging.MessagingBackend;
import dev.virga.plugin.messaging.MessagingBackendContract;
import dev.virga.plugin.messaging.MessagingException;
import dev.virga.plugin.messaging.Received;
import dev.virga.plugin.messaging.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JetStreamMessagingTest extends MessagingBackendContract {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    private static Path store;

    private static NatsServer server;

    private final String prefix = "test" + NEXT.incrementAndGet();

    @BeforeAll
    static void startServer() throws Exception {
        server = new NatsServer(store);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected MessagingBackend open(PluginHost host) {
        return new JetStreamMessaging.Kind()
                .open("test", settings("url", server.url(), "prefix", prefix, "maxBytes", "1M"), host);
    }

    @Override
    protected int many() {
        return 3000; // each is stored before the next is sent
    }

    @Test
    void whatNobodyListensToYetIsKept() throws InterruptedException {
        backend.publish("a", message("x", "kept"));
        assertEquals("kept", listen(subscription("a", "x", "g", 1), new Received()).nextBody());
    }

    @Test
    void aGroupGoesOnWhereItEnded() throws InterruptedException {
        Received first = new Received();
        try (MessagingBackend.Delivering _ = backend.subscribe(subscription("a", "x", "g", 1), first)) {
            backend.publish("a", message("x", "1"));
            assertEquals("1", first.nextBody());
        }
        backend.publish("a", message("x", "2"));
        assertEquals("2", listen(subscription("a", "x", "g", 1), new Received()).nextBody());
    }

    @Test
    void aFullStreamIsAnErrorForTheSender() {
        MessagingException.Unavailable e = assertThrows(MessagingException.Unavailable.class, () -> {
            for (int i = 0; i < 3; i++) {
                backend.publish("a", new Message("x", new byte[500_000]));
            }
        });
        assertTrue(e.getMessage().startsWith("the stream does not take the message: "), e::getMessage);
        backend.publish("b", message("x", "another namespace has a stream of its own"));
    }

    @Test
    void whatAStreamCannotDoIsRefused() {
        assertThrows(
                MessagingException.Refused.class,
                () -> backend.request(
                        "a",
                        message("x", ""),
                        new MessagingBackend.Wanted(Duration.ofSeconds(1), 1, 1, Limiter.UNLIMITED)));
        assertThrows(
                MessagingException.Refused.class,
                () -> backend.publish("a", new Message("x", Map.of(), new byte[0], Optional.of("y"))));
        assertThrows(PluginException.Refused.class, () -> backend.check(subscription("a", "x", "", 1)));
        assertThrows(
                PluginException.Refused.class,
                () -> new JetStreamMessaging.Kind().open("x", settings("url", server.url(), "shared", "true"), null));
    }

    @Test
    void fewerInFlightThanPatternsIsEnough() throws InterruptedException {
        Received received = new Received();
        Subscription one = subscription("a", "x", "g", 1);
        listen(
                new Subscription(
                        one.workload(),
                        List.of("x", "y", "z"),
                        one.group(),
                        1,
                        one.ackWait(),
                        one.limits(),
                        one.limiter()),
                received);
        for (String subject : List.of("x", "y", "z")) {
            backend.publish("a", message(subject, subject));
            assertEquals(subject, received.nextBody());
        }
    }
}
