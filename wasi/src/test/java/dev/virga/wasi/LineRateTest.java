package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineRateTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final LineRate rate = new LineRate(1000, 2000, now::get);

    @Test
    void aBurstPassesAndThenTheRate() {
        assertEquals(2, pass(10, 936));
        now.addAndGet(1_000_000_000);
        assertEquals(1, pass(10, 936));
        now.addAndGet(60_000_000_000L);
        assertEquals(2, pass(10, 936), "what is not used is not saved up beyond the burst");
    }

    @Test
    void emptyLinesCost() {
        assertEquals(2000 / 64, pass(1000, 0));
    }

    @Test
    void aLineThatIsLongerThanTheBurstNeverPasses() {
        assertFalse(rate.admits(Integer.MAX_VALUE));
        assertTrue(rate.admits(100), "and leaves room for the others");
    }

    @Test
    void whatWasLeftOutIsToldOnceASecond() {
        assertEquals(OptionalLong.empty(), rate.leftOut());
        pass(12, 936);
        assertEquals(OptionalLong.of(10), rate.leftOut());
        pass(5, 936);
        assertEquals(OptionalLong.empty(), rate.leftOut(), "not a second later");
        now.addAndGet(1_000_000_000);
        assertEquals(OptionalLong.of(5), rate.leftOut());
    }

    private int pass(int lines, int bytes) {
        int passed = 0;
        for (int i = 0; i < lines; i++) {
            if (rate.admits(bytes)) {
                passed++;
            }
        }
        return passed;
    }
}
