package dev.virga.ingress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks once is taken up as soon as those who ask again and again. */
@Timeout(60)
class InOrderTest {

    private static final int BUSY = 3 * Runtime.getRuntime().availableProcessors();
    private static final int ASKED = 200;

    private final AtomicInteger takenUp = new AtomicInteger();
    private volatile boolean over;

    /** As a connection whose client asks again at once. */
    private void again(Executor tasks) {
        takenUp.incrementAndGet();
        if (!over) {
            tasks.execute(() -> again(tasks));
        }
    }

    /** How many of the others were taken up while one waited. */
    private int passed(Executor tasks) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger passed = new AtomicInteger();
        int before = takenUp.get();
        tasks.execute(() -> {
            passed.set(takenUp.get() - before);
            done.countDown();
        });
        done.await();
        return passed.get();
    }

    @Test
    void busyConnectionsPassNobody() throws InterruptedException {
        InOrder tasks = new InOrder();
        for (int i = 0; i < BUSY; i++) {
            tasks.execute(() -> again(tasks));
        }
        int inOrder = 0;
        for (int i = 0; i < ASKED; i++) {
            // Those before it, and those that were taken up and not counted yet; a thread that is held up by the system
            // between the queue and the count lets more of them pass, which is rare.
            inOrder += passed(tasks) <= 2 * BUSY ? 1 : 0;
        }
        over = true;
        assertTrue(inOrder > ASKED * 9 / 10, inOrder + " of " + ASKED + " were taken up in their turn");
    }
}
