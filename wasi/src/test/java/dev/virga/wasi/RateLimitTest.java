package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private long admitted(RateLimit limit, int asked) {
        return IntStream.range(0, asked).filter(i -> limit.admits()).count();
    }

    @Test
    void aSecondsWorthIsAdmittedAtOnceAndThenTheRate() {
        RateLimit limit = new RateLimit(10, 10, now::get);
        assertEquals(10, admitted(limit, 100));
        assertEquals(90, limit.takeLeftOut());
        assertEquals(0, limit.takeLeftOut());
        now.addAndGet(100_000_000);
        assertTrue(limit.admits());
        assertFalse(limit.admits());
        now.addAndGet(60_000_000_000L);
        assertEquals(10, admitted(limit, 100), "a quiet minute saves up no more than a second");
    }

    @Test
    void amountsCountAsSoMany() {
        RateLimit limit = new RateLimit(100, 100, now::get);
        assertTrue(limit.admits(60));
        assertFalse(limit.admits(60));
        assertTrue(limit.admits(40));
        now.addAndGet(1_000_000_000L);
        assertFalse(limit.admits(Long.MAX_VALUE), "more than the burst never passes");
        assertTrue(limit.admits(100), "and leaves room for the others");
    }

    @Test
    void itTellsHowLongToWaitAndFillsUpToTheBurst() {
        RateLimit limit = new RateLimit(10, 3, now::get);
        long second = 1_000_000_000L;
        assertEquals(3, admitted(limit, 3));
        assertEquals(second / 10, limit.take(1));
        now.addAndGet(second / 20);
        assertEquals(second / 20, limit.take(1));
        now.addAndGet(second / 20);
        assertEquals(0, limit.take(1));
        now.addAndGet(9 * second);
        assertEquals(3, admitted(limit, 100));
    }

    @Test
    void verySlowAndVeryFastOnesAreKept() {
        RateLimit slow = new RateLimit(0.001, 1, now::get);
        assertEquals(1, admitted(slow, 2));
        assertEquals(1_000_000_000_000L, slow.take(1));
        RateLimit fast = new RateLimit(4e9, 4e9, now::get);
        assertTrue(fast.admits(4_000_000_000L));
        assertFalse(fast.admits(1000));
    }

    @Test
    void threadsTogetherGetNoMore() throws InterruptedException {
        RateLimit limit = new RateLimit(1000, 1000, now::get);
        AtomicLong admitted = new AtomicLong();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Thread.ofVirtual().start(() -> admitted.addAndGet(admitted(limit, 5_000)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1000, admitted.get());
        assertEquals(19_000, limit.takeLeftOut());
    }
}
