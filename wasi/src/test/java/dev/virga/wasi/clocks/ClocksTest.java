package dev.virga.wasi.clocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.wasi.io.Poll;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClocksTest {

    private final MonotonicClock clock = new MonotonicClock();

    @Test
    void blockingLastsAsLongAsAsked() {
        long start = clock.now();
        clock.subscribeDuration(20_000_000).block();
        assertTrue(clock.now() - start >= 20_000_000);
        long when = clock.now() + 5_000_000;
        clock.subscribeInstant(when).block();
        assertTrue(clock.now() >= when);
    }

    @Test
    void thePastAndNoDurationAreReady() {
        assertTrue(clock.subscribeDuration(0).ready());
        assertTrue(clock.subscribeInstant(0).ready());
    }

    @Test
    void hugeDurationsAndInstantsNeverCome() {
        assertFalse(clock.subscribeDuration(-1).ready());
        assertFalse(clock.subscribeDuration(Long.MAX_VALUE).ready());
        assertFalse(clock.subscribeInstant(-1).ready());
        assertFalse(clock.subscribeInstant(Long.MIN_VALUE).ready());
        assertEquals(List.of(3), new Poll().poll(List.of(
                clock.subscribeDuration(-1),
                clock.subscribeDuration(Long.MAX_VALUE),
                clock.subscribeInstant(-1),
                clock.subscribeDuration(1_000_000))));
    }

    @Test
    void theWallClockTellsTheTime() {
        Datetime now = new WallClock().now();
        assertTrue(Math.abs(now.seconds() - Instant.now().getEpochSecond()) <= 2);
        assertTrue(now.nanoseconds() >= 0 && now.nanoseconds() < 1_000_000_000);
        assertEquals(new Datetime(0, 0), Datetime.of(Instant.parse("1901-01-01T00:00:00Z")));
        assertEquals(0, new Timezone().utcOffset(now));
    }
}
