package dev.virga.telemetry;

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
        RateLimit limit = new RateLimit(10, now::get);
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
        RateLimit limit = new RateLimit(100, now::get);
        assertTrue(limit.admits(60));
        assertFalse(limit.admits(60));
        assertTrue(limit.admits(40));
        now.addAndGet(1_000_000_000L);
        assertTrue(limit.admits(Long.MAX_VALUE), "more than a second's worth can never wait for more");
        assertFalse(limit.admits(1));
    }

    @Test
    void threadsTogetherGetNoMore() throws InterruptedException {
        RateLimit limit = new RateLimit(1000, now::get);
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
