package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

    @ParameterizedTest
    @ValueSource(longs = {
        7_700, 10_000, 99_999, 100_000, 100_001, 976_562, 976_563, 1_000_000, 1_189_207, 3_141_592, 250_000_000,
        999_999_999, 1_000_000_000, 1_000_000_001, 1_189_207_115, 1_189_207_116, 2_000_000_000L, 59_999_999_999L,
        60_000_000_000L, 255_000_000_000L
    })
    void aDurationIsInTheBucketsWhoseBoundsEncloseIt(long nanos) {
        Latency latency = new Latency();
        latency.record(nanos);
        double seconds = nanos / 1e9;

        long[] exponential = latency.exponential();
        int bucket = 0;
        while (exponential[bucket] == 0) {
            bucket++;
        }
        double perOctave = 1 << Latency.SCALE;
        int index = bucket + Latency.offset();
        assertTrue(Math.pow(2, index / perOctave) < seconds, "above its lower bound");
        assertTrue(seconds <= Math.pow(2, (index + 1) / perOctave), "not above its upper bound");

        long[] counts = latency.counts();
        double[] bounds = Latency.bounds();
        int fixed = 0;
        while (counts[fixed] == 0) {
            fixed++;
        }
        assertTrue(seconds <= bounds[fixed] && (fixed == 0 || seconds > bounds[fixed - 1]));
        assertEquals(seconds, latency.seconds(), 1e-12);
    }

    @Test
    void whatIsTooShortOrTooLongIsCountedAtTheEnds() {
        Latency latency = new Latency();
        latency.record(-1);
        latency.record(0);
        latency.record(7_000);
        latency.record(Long.MAX_VALUE);
        assertEquals(3, latency.zeros());
        long[] exponential = latency.exponential();
        assertEquals(1, exponential[exponential.length - 1]);
        assertEquals(1, LongStream.of(exponential).sum());
        long[] counts = latency.counts();
        assertEquals(3, counts[0]);
        assertEquals(1, counts[counts.length - 1]);
    }

    @Test
    void noRecordIsLostAmongThreads() throws InterruptedException {
        Latency latency = new Latency();
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.length; t++) {
            long nanos = 1_000_000L << t;
            threads[t] = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 10_000; i++) {
                    latency.record(nanos);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(80_000, LongStream.of(latency.counts()).sum());
        long[] filled = Arrays.stream(latency.exponential()).filter(n -> n > 0).toArray();
        long[] expected = new long[8];
        Arrays.fill(expected, 10_000);
        assertArrayEquals(expected, filled);
    }
}
