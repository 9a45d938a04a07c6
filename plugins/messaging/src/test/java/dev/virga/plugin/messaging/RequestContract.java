package dev.virga.plugin.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Limiter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What holds for the backends that carry requests, which are those that keep nothing. */
public abstract class RequestContract extends MessagingBackendContract {

    protected static MessagingBackend.Wanted wanted(long millis, int replies, long bytes) {
        return new MessagingBackend.Wanted(Duration.ofMillis(millis), replies, bytes, Limiter.UNLIMITED);
    }

    private Receiver answering(String answer) {
        return (message, _) -> {
            backend.publish("a", message(message.replyTo().orElseThrow(), answer + Received.text(message)));
            return Optional.empty();
        };
    }

    @Test
    void aRequestIsAnswered() {
        listen(subscription("a", "ask", "g", 1), answering("re: "));
        assertEquals(
                "re: q",
                Received.text(backend.request("a", message("ask", "q"), wanted(20_000, 1, 100)).getFirst()));
    }

    @Test
    void severalAnswerARequest() {
        listen(subscription("a", "ask", "", 1), answering("1"));
        listen(subscription("a", "ask", "", 1), answering("2"));
        List<Message> answers = backend.request("a", message("ask", "q"), wanted(20_000, 2, 100));
        assertEquals(
                List.of("1q", "2q"), answers.stream().map(Received::text).sorted().toList());
    }

    @Test
    void whatHasArrivedInTimeIsEnough() {
        listen(subscription("a", "ask", "", 1), answering("1"));
        assertEquals(1, backend.request("a", message("ask", "q"), wanted(500, 2, 100)).size());
    }

    @Test
    void aRequestThatNobodyHearsFailsAtOnce() {
        MessagingException.Unavailable e = assertThrows(
                MessagingException.Unavailable.class,
                () -> backend.request("a", message("ask", "q"), wanted(20_000, 1, 100)));
        assertEquals("nobody listens to ask", e.getMessage());
    }

    @Test
    void aRequestThatNobodyAnswersTimesOut() {
        listen(subscription("a", "ask", "g", 1), new Received());
        MessagingException.Timeout e = assertThrows(
                MessagingException.Timeout.class,
                () -> backend.request("a", message("ask", "q"), wanted(50, 1, 100)));
        assertEquals("no answer from ask within 50 ms", e.getMessage());
        assertThrows(
                MessagingException.Timeout.class,
                () -> backend.request("a", message("ask", "q"), wanted(0, 1, 100)));
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        listen(subscription("a", "ask", "g", 1), answering("0123456789"));
        assertThrows(
                MessagingException.Refused.class,
                () -> backend.request("a", message("ask", "q"), wanted(20_000, 1, 10)));
    }

    @Test
    void whatARequestHoldsIsGivenBack() {
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Limiter limiter = new Limiter() {
            @Override
            public boolean reserve(long bytes) {
                most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                return true;
            }

            @Override
            public void release(long bytes) {
                held.addAndGet(-bytes);
            }
        };
        listen(subscription("a", "ask", "g", 1), answering("x".repeat(1000)));
        backend.request("a", message("ask", "q"), new MessagingBackend.Wanted(Duration.ofSeconds(20), 1, 9999, limiter));
        assertEquals(0, held.get());
        assertTrue(most.get() >= 1000);
    }

    @Test
    void anotherNamespaceCannotAnswer() throws InterruptedException {
        CountDownLatch forged = new CountDownLatch(1);
        listen(subscription("a", "ask", "g", 1), (message, _) -> {
            String replyTo = message.replyTo().orElseThrow();
            backend.publish("b", message(replyTo, "forged"));
            forged.countDown();
            backend.publish("a", message(replyTo, "true"));
            return Optional.empty();
        });
        assertEquals(
                "true",
                Received.text(backend.request("a", message("ask", "q"), wanted(20_000, 1, 100)).getFirst()));
        assertTrue(forged.await(1, TimeUnit.SECONDS));
    }

    @Test
    void withoutAGroupAllGetAMessage() throws InterruptedException {
        Received first = listen(subscription("a", "x", "", 1), new Received());
        Received second = listen(subscription("a", "x", "", 1), new Received());
        backend.publish("a", message("x", "all"));
        assertEquals("all", first.nextBody());
        assertEquals("all", second.nextBody());
    }
}
