package dev.virga.plugin.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryBackendTest extends RequestContract {

    @Override
    protected MessagingBackend open(PluginHost host) {
        return new MemoryBackend.Kind().open("memory", Settings.NONE, host);
    }

    private MessagingBackend small(String... settings) {
        return new MemoryBackend.Kind().open("small", settings(settings), new LoggingHost(log));
    }

    /** Takes one message and keeps it. */
    private static Receiver blocking(CountDownLatch begun) {
        return (_, _) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return Optional.empty();
        };
    }

    @Test
    void aFullQueueIsAnErrorForTheSenderAndNobodyElseGetsTheMessage() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Received other = new Received();
        try (MessagingBackend small = small("queueMessages", "2")) {
            small.subscribe(subscription("a", "x", "slow", 1), blocking(begun));
            small.subscribe(subscription("a", "x", "quick", 1), other);
            small.publish("a", message("x", "1"));
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            for (int i = 2; i <= 3; i++) {
                small.publish("a", message("x", Integer.toString(i)));
            }
            assertEquals(
                    "the queue of a/w for x is full; try again later",
                    assertThrows(MessagingException.Unavailable.class, () -> small.publish("a", message("x", "4")))
                            .getMessage());
            small.publish("b", message("x", "another namespace"));
            for (int i = 1; i <= 3; i++) {
                assertEquals(Integer.toString(i), other.nextBody());
            }
            small.subscribe(subscription("a", "end", "quick", 1), other);
            small.publish("a", message("end", "end"));
            assertEquals("end", other.nextBody());
        }
    }

    @Test
    void bytesFillAQueueToo() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        try (MessagingBackend small = small("queueBytes", "1Ki")) {
            small.subscribe(subscription("a", "x", "g", 1), blocking(begun));
            small.publish("a", message("x", "1"));
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            small.publish("a", message("x", "2".repeat(2000)));
            assertThrows(MessagingException.Unavailable.class, () -> small.publish("a", message("x", "3")));
        }
    }

    @Test
    void whatWaitsInAQueueThatClosesGoesToTheGroup() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        MessagingBackend.Delivering closed = backend.subscribe(subscription("a", "x", "g", 1), blocking(begun));
        backend.publish("a", message("x", "lost with its receiver"));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        backend.publish("a", message("x", "kept"));
        Received other = listen(subscription("a", "x", "g", 1), new Received());
        closed.close();
        assertEquals("kept", other.nextBody());
    }

    @Test
    void whatWaitsToBeDeliveredAgainGoesToTheGroupToo() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        MessagingBackend.Delivering leaving = backend.subscribe(subscription("a", "x", "g", 1), (_, _) -> {
            failed.countDown();
            return Optional.of(Duration.ofHours(1));
        });
        backend.publish("a", message("x", "kept"));
        assertTrue(failed.await(20, TimeUnit.SECONDS));
        Received other = listen(subscription("a", "x", "g", 1), new Received());
        leaving.drain(Duration.ofSeconds(20));
        assertEquals("kept", other.nextBody());
    }

    @Test
    void whatWaitsWhereNobodyElseTakesItIsDeliveredBeforeTheEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        MessagingBackend.Delivering leaving = backend.subscribe(subscription("a", "x", "g", 1), (message, attempt) -> {
            begun.countDown();
            go.await();
            done.add(Received.text(message) + attempt);
            return attempt == 1 ? Optional.of(Duration.ofMillis(1)) : Optional.empty();
        });
        backend.publish("a", message("x", "first"));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        backend.publish("a", message("x", "second"));
        leaving.drain(Duration.ZERO);
        backend.publish("a", message("x", "too late"));
        go.countDown();
        leaving.drain(Duration.ofSeconds(20));
        assertEquals(List.of("first1", "first2", "second1", "second2"), done);
        leaving.close();
        assertEquals(List.of(), log);
    }

    @Test
    void whatStillWaitsAtTheEndIsReportedAsLost() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        MessagingBackend.Delivering closed = backend.subscribe(subscription("a", "x", "g", 1), blocking(begun));
        backend.publish("a", message("x", "1"));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        backend.publish("a", message("x", "2"));
        closed.drain(Duration.ZERO);
        closed.close();
        assertEquals(2, log.stream().filter(line -> line.contains("a message of x is lost")).count(), log.toString());
    }

    @Test
    void settingsThatAreWrongAreRefused() {
        assertThrows(PluginException.Refused.class, () -> small("queueMessages", "0"));
        assertThrows(PluginException.Refused.class, () -> small("queueMesages", "1"));
    }
}
