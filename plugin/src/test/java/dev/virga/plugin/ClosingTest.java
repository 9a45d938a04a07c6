package dev.virga.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClosingTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static Closing.Part part(String name, AutoCloseable thing) {
        return new Closing.Part(name, thing);
    }

    private static String failure(List<Closing.Part> parts, Duration longest) {
        return assertThrows(IllegalStateException.class, () -> Closing.together(parts, longest)).getMessage();
    }

    @Test
    void thingsAreClosedAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        Closing.together(List.of(part("a", both::await), part("b", both::await)), LONG);
    }

    @Test
    void allFailuresAreToldWhenAllOthersAreClosed() {
        CountDownLatch closed = new CountDownLatch(1);
        String text = failure(
                List.of(
                        part("a", () -> {
                            throw new IllegalStateException("stuck");
                        }),
                        part("b", closed::countDown),
                        part("c", () -> {
                            throw new StackOverflowError("deep");
                        })),
                LONG);
        assertEquals("a could not be closed: stuck; c could not be closed: deep", text);
        assertEquals(0, closed.getCount());
    }

    @Test
    void whatTakesTooLongIsInterruptedAndLeft() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        AutoCloseable slow = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                new CountDownLatch(1).await(); // and does not care
            }
        };
        String text = failure(List.of(part("slow", slow), part("quick", () -> {})), Duration.ofMillis(200));
        assertEquals("slow could not be closed: it took longer than 200 ms", text);
        interrupted.await();
    }

    @Test
    void whoIsInterruptedWaitsNoMore() {
        Thread.currentThread().interrupt();
        String text = failure(List.of(part("a", () -> new CountDownLatch(1).await())), LONG);
        assertTrue(Thread.interrupted());
        assertEquals("a could not be closed: whoever closes it was interrupted", text);
    }
}
