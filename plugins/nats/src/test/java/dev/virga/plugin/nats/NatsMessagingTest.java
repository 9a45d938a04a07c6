package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.messaging.LoggingHost;
import dev.virga.plugin.messaging.Message;
import dev.virga.plugin.messaging.MessagingBackend;
import dev.virga.plugin.messaging.MessagingException;
import dev.virga.plugin.messaging.Received;
import dev.virga.plugin.messaging.RequestContract;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsMessagingTest extends RequestContract {

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
        return new NatsMessaging.Kind().open("test", settings("url", server.url(), "prefix", prefix), host);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anotherProgramReachesANamespaceByItsPrefix() throws Exception {
        listen(subscription("a", "ask", "g", 1), (message, _) -> {
            backend.publish("a", message(message.replyTo().orElseThrow(), "re: " + Received.text(message)));
            return Optional.empty();
        });
        try (Connection other = Nats.connect(server.url())) {
            io.nats.client.Message answer = other.request(prefix + ".a.ask", bytes("q")).get(20, TimeUnit.SECONDS);
            assertArrayEquals(bytes("re: q"), answer.getData());
            Subscription all = other.subscribe(prefix + ".a.>");
            other.flush(Duration.ofSeconds(20));
            backend.publish("a", message("told", "x"));
            assertEquals(prefix + ".a.told", all.nextMessage(Duration.ofSeconds(20)).getSubject());
        }
    }

    @Test
    void aReplySubjectIsOnlyForTheNamespaceThatItWasGivenTo() throws Exception {
        Received received = listen(subscription("a", "ask", "g", 1), new Received());
        try (Connection other = Nats.connect(server.url())) {
            Subscription answers = other.subscribe("answers");
            other.publish(prefix + ".a.ask", "answers", bytes("q"));
            String replyTo = received.next().replyTo().orElseThrow();
            assertThrows(MessagingException.Refused.class, () -> backend.publish("b", message(replyTo, "forged")));
            assertThrows(
                    MessagingException.Refused.class,
                    () -> backend.publish("a", message(replyTo.replace(".answers", ".other"), "forged")));
            backend.publish("a", message(replyTo, "true"));
            assertArrayEquals(bytes("true"), answers.nextMessage(Duration.ofSeconds(20)).getData());
            other.publish(prefix + ".a.ask", "$JS.API.STREAM.DELETE.x", bytes("a trap"));
            assertEquals(Optional.empty(), received.next().replyTo());
        }
    }

    @Test
    void sharedSubjectsAreThoseOfOtherPrograms() throws Exception {
        try (Connection other = Nats.connect(server.url());
                MessagingBackend shared = new NatsMessaging.Kind()
                        .open("shared", settings("url", server.url(), "shared", "true"), new LoggingHost(log))) {
            Received received = new Received();
            try (MessagingBackend.Delivering _ = shared.subscribe(subscription("a", prefix + ".>", "g", 1), received)) {
                other.publish(prefix + ".x", "to.me", bytes("1"));
                Message message = received.next();
                assertEquals(prefix + ".x", message.subject());
                assertEquals(Optional.of("to.me"), message.replyTo());
                other.createDispatcher(m -> other.publish(m.getReplyTo(), bytes("re")))
                        .subscribe(prefix + "-ask");
                other.flush(Duration.ofSeconds(20));
                assertEquals(
                        "re",
                        Received.text(shared.request("b", message(prefix + "-ask", "q"), wanted(20_000, 1, 100))
                                .getFirst()));
            }
        }
    }

    @Test
    void moreThanTheServerTakesIsRefused() {
        MessagingException.Refused e = assertThrows(
                MessagingException.Refused.class, () -> backend.publish("a", new Message("x", new byte[2 << 20])));
        assertTrue(e.getMessage().startsWith("NATS does not take the message: "), e::getMessage);
    }

    @Test
    void whatComesTooFastIsDroppedAndToldToTheOperator() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        listen(subscription("a", "x", "g", 1), (_, _) -> {
            go.await();
            return Optional.empty();
        });
        for (int i = 0; i < 3000; i++) {
            backend.publish("a", message("x", "m"));
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (log.stream().noneMatch(line -> line.contains("messages come faster than a workload handles them"))) {
            assertTrue(System.nanoTime() < end, log::toString);
            Thread.sleep(5);
        }
        go.countDown();
        assertEquals(
                List.of("NATS backend \"test\": connected"),
                log.stream().filter(line -> line.contains("onnect")).toList());
    }

    @Test
    void whatHasComeBeforeASubscriptionEndsIsDelivered() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        MessagingBackend.Delivering leaving = backend.subscribe(subscription("a", "x", "g", 1), (message, _) -> {
            begun.countDown();
            go.await();
            done.add(Received.text(message));
            return Optional.empty();
        });
        Received other = listen(subscription("a", "x", "other", 1), new Received());
        for (String body : List.of("1", "2", "3", "4")) {
            backend.publish("a", message("x", body));
            assertEquals(body, other.nextBody());
        }
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        leaving.drain(Duration.ZERO);
        go.countDown();
        leaving.drain(Duration.ofSeconds(20));
        assertEquals(List.of("1", "2", "3", "4"), done);
        leaving.close();
    }

    @Test
    void whatHasComeAndIsNotDeliveredHoldsUpNoEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        MessagingBackend.Delivering leaving = backend.subscribe(subscription("a", "x", "g", 1), (_, _) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return Optional.empty();
        });
        Received other = listen(subscription("a", "x", "other", 1), new Received());
        for (String body : List.of("1", "2", "3")) {
            backend.publish("a", message("x", body));
            assertEquals(body, other.nextBody());
        }
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        leaving.drain(Duration.ofMillis(50));
        long closing = System.nanoTime();
        leaving.close();
        assertTrue(System.nanoTime() - closing < 5_000_000_000L, "it waited for what it had told to end");
    }
}
