package dev.virga.host.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TogetherTest {

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    @Test
    void anErrorOfOneIsThrownWhenAllHaveEnded() {
        Error error = new OutOfMemoryError("for a test");
        CountDownLatch thrown = new CountDownLatch(1);
        Error e = assertThrows(OutOfMemoryError.class, () -> Together.forEach(List.of("bad", "good"), each -> {
            if (each.equals("bad")) {
                thrown.countDown();
                throw error;
            }
            thrown.await();
            ended.add(each);
        }));
        assertSame(error, e);
        assertEquals(Set.of("good"), ended);
    }

    @Test
    void whoIsInterruptedLeavesNoneRunning() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        Semaphore mayEnd = new Semaphore(0);
        AtomicBoolean told = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                Together.forEach(List.of("one", "two"), each -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                        mayEnd.acquireUninterruptibly();
                        ended.add(each);
                    }
                });
            } catch (InterruptedException e) {
                told.set(ended.equals(Set.of("one", "two")));
            }
        });
        begun.await();
        caller.interrupt();
        interrupted.await();
        caller.interrupt(); // once more makes no difference
        mayEnd.release(2);
        caller.join();
        assertTrue(told.get(), "it was thrown when both had ended");
    }
}
