package dev.virga.plugin.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import dev.virga.plugin.Limits;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every backend. Each test has one of its own. */
public abstract class MessagingBackendContract {

    protected MessagingBackend backend;
    protected final List<String> log = new CopyOnWriteArrayList<>();
    private final List<MessagingBackend.Delivering> deliverings = new ArrayList<>();

    /** A new one, whose subjects and streams no other test uses. */
    protected abstract MessagingBackend open(PluginHost host);

    /** How many messages {@link #noMessageIsLostAndNoneComesTwice} sends. */
    protected int many() {
        return 10_000;
    }

    @BeforeEach
    void openBackend() {
        backend = open(new LoggingHost(log));
    }

    @AfterEach
    void closeBackend() {
        deliverings.reversed().forEach(MessagingBackend.Delivering::close);
        backend.close();
    }

    protected static Subscription subscription(String namespace, String subject, String group, int maxInFlight) {
        return new Subscription(
                new WorkloadName(namespace, "w"),
                List.of(subject),
                Optional.of(group).filter(name -> !name.isEmpty()),
                maxInFlight,
                Duration.ofSeconds(30),
                Limits.DEFAULT,
                Limiter.UNLIMITED);
    }

    protected <R extends Receiver> R listen(Subscription subscription, R receiver) {
        deliverings.add(backend.subscribe(subscription, receiver));
        return receiver;
    }

    protected static Message message(String subject, String body) {
        return new Message(subject, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMessageReachesOneOfEachGroupThatListensToItsSubject() throws InterruptedException {
        Received exact = listen(subscription("a", "orders.eu.new", "exact", 1), new Received());
        Received star = listen(subscription("a", "orders.*.new", "star", 1), new Received());
        Received rest = listen(subscription("a", "orders.>", "rest", 1), new Received());
        Received other = listen(subscription("a", "bills.>", "other", 1), new Received());
        backend.publish("a", message("orders.eu.new", "1"));
        for (Received received : List.of(exact, star, rest)) {
            Message message = received.next();
            assertEquals("orders.eu.new", message.subject());
            assertEquals("1", Received.text(message));
        }
        backend.publish("a", message("bills.x", "2"));
        assertEquals("2", other.nextBody());
    }

    @Test
    void headersTravelWithAMessage() throws InterruptedException {
        Received received = listen(subscription("a", "x", "g", 1), new Received());
        Map<String, String> headers = Map.of("traceparent", "00-1-2-01", "Content-Type", "text/plain");
        backend.publish("a", new Message("x", headers, new byte[0], Optional.empty()));
        Message message = received.next();
        assertEquals(headers, message.headers());
        assertEquals(Optional.empty(), message.replyTo());
    }

    @Test
    void namespacesDoNotHearEachOther() throws InterruptedException {
        Received a = listen(subscription("a", ">", "g", 1), new Received());
        Received b = listen(subscription("b", ">", "g", 1), new Received());
        backend.publish("b", message("x", "for b"));
        backend.publish("b", message("a.x", "for b again"));
        backend.publish("a", message("x", "for a"));
        assertEquals("for a", a.nextBody());
        assertEquals("for b", b.nextBody());
        assertEquals("for b again", b.nextBody());
    }

    @Test
    void oneAtATimeKeepsTheOrder() throws InterruptedException {
        Received received = listen(subscription("a", "x", "g", 1), new Received());
        for (int i = 0; i < 100; i++) {
            backend.publish("a", message("x", Integer.toString(i)));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(Integer.toString(i), received.nextBody());
        }
    }

    @Test
    void noMoreThanAllowedAreInFlight() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(20);
        listen(subscription("a", "x", "g", 3), (_, _) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            go.await();
            now.decrementAndGet();
            all.countDown();
            return Optional.empty();
        });
        for (int i = 0; i < 20; i++) {
            backend.publish("a", message("x", ""));
        }
        assertTrue(three.await(20, TimeUnit.SECONDS));
        go.countDown();
        assertTrue(all.await(20, TimeUnit.SECONDS));
        assertEquals(3, most.get());
    }

    @Test
    void whoGoesAwayEndsWhatItIsAtAndTakesNothingMore() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        MessagingBackend.Delivering leaving = backend.subscribe(subscription("a", "x", "g", 1), (message, _) -> {
            begun.countDown();
            go.await();
            done.add(Received.text(message));
            return Optional.empty();
        });
        deliverings.add(leaving);
        backend.publish("a", message("x", "first"));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        Received staying = listen(subscription("a", "x", "g", 1), new Received());
        leaving.drain(Duration.ofSeconds(1)); // in which a server hears of it; the first is still at work
        backend.publish("a", message("x", "second"));
        assertEquals("second", staying.nextBody());
        go.countDown();
        leaving.drain(Duration.ofSeconds(20));
        assertEquals(List.of("first"), done);
    }

    @Test
    void whatIsNotDoneIsDeliveredAgain() throws InterruptedException {
        List<String> attempts = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        listen(subscription("a", "x", "g", 1), (message, attempt) -> {
            attempts.add(Received.text(message) + attempt);
            if (attempt < 3) {
                return Optional.of(Duration.ofMillis(20));
            }
            done.countDown();
            return Optional.empty();
        });
        backend.publish("a", message("x", "m"));
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(List.of("m1", "m2", "m3"), attempts);
    }

    @Test
    void aReceiverThatFailsDoesNotEndTheSubscription() throws InterruptedException {
        Received received = new Received();
        listen(subscription("a", "x", "g", 1), (message, attempt) -> {
            if (Received.text(message).equals("bad") && attempt == 1) {
                throw new IllegalStateException("a receiver with a bug");
            }
            return received.receive(message, attempt);
        });
        backend.publish("a", message("x", "bad"));
        backend.publish("a", message("x", "good"));
        String next = received.nextBody();
        assertEquals("good", next.equals("bad") ? received.nextBody() : next);
    }

    @Test
    void closingEndsADeliveryThatIsUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        MessagingBackend.Delivering delivering = backend.subscribe(subscription("a", "x", "g", 1), (_, _) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Optional.empty();
        });
        backend.publish("a", message("x", ""));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        delivering.close();
        assertEquals(0, interrupted.getCount());
    }

    @Test
    void noMessageIsLostAndNoneComesTwice() throws InterruptedException {
        int many = many();
        Set<String> bodies = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(many);
        Semaphore underWay = new Semaphore(500); // fewer than a queue holds
        for (int member = 0; member < 3; member++) {
            listen(subscription("a", "work.*", "g", 8), (message, _) -> {
                if (!bodies.add(Received.text(message))) {
                    twice.incrementAndGet();
                }
                underWay.release();
                left.countDown();
                return Optional.empty();
            });
        }
        List<Thread> publishers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            int first = p;
            publishers.add(Thread.startVirtualThread(() -> {
                for (int i = first; i < many; i += 4) {
                    underWay.acquireUninterruptibly();
                    backend.publish("a", message("work." + first, Integer.toString(i)));
                }
            }));
        }
        assertTrue(left.await(90, TimeUnit.SECONDS), () -> left.getCount() + " did not arrive: " + log);
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertEquals(many, bodies.size());
        assertEquals(0, twice.get());
    }

    protected static Settings settings(String... namesAndValues) {
        Settings settings = Settings.NONE;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings = settings.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }
}
