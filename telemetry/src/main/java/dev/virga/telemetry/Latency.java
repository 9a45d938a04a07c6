package dev.virga.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram of durations, in two forms: fixed bounds that people can name, for Prometheus' text, and exponential
 * buckets, four to an octave, for OTLP. Recording takes no lock and allocates nothing.
 */
final class Latency {

    /** Buckets per octave are {@code 1 << SCALE}: each is 19 % wider than the one before. */
    static final int SCALE = 2;

    private static final int PER_OCTAVE = 1 << SCALE;
    /** From 2^-17 s, which is 8 µs; what is not above counts as zero. */
    private static final int FIRST_OCTAVE = -17;
    /** Up to 2^8 s, which is 256 s; what is above counts in the last bucket. */
    private static final int OCTAVES = 25;

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

    private static final long[] BOUNDS = {
        100_000L, 250_000L, 500_000L,
        1_000_000L, 2_500_000L, 5_000_000L, 10_000_000L, 25_000_000L, 50_000_000L, 100_000_000L, 250_000_000L,
        500_000_000L, 1_000_000_000L, 2_500_000_000L, 5_000_000_000L, 10_000_000_000L, 30_000_000_000L,
        60_000_000_000L
    };

    /** The mantissas where an octave's later buckets begin. */
    private static final long SECOND = mantissa(1);

    private static final long THIRD = mantissa(2);
    private static final long FOURTH = mantissa(3);

    private final AtomicLongArray fixed = new AtomicLongArray(BOUNDS.length + 1);
    private final AtomicLongArray exponential = new AtomicLongArray(1 + OCTAVES * PER_OCTAVE);
    private final LongAdder sum = new LongAdder();

    void record(long nanos) {
        long n = Math.max(nanos, 0);
        fixed.getAndIncrement(bound(n));
        exponential.getAndIncrement(bucket(n));
        sum.add(n);
    }

    /** Upper bounds in seconds; the last is infinity. */
    static double[] bounds() {
        double[] seconds = new double[BOUNDS.length + 1];
        for (int i = 0; i < BOUNDS.length; i++) {
            seconds[i] = BOUNDS[i] / 1e9;
        }
        seconds[BOUNDS.length] = Double.POSITIVE_INFINITY;
        return seconds;
    }

    /** Of each of the {@link #bounds}, not summed up. */
    long[] counts() {
        return copy(fixed, 0);
    }

    /** In seconds; durations up to this are in none of the exponential buckets. */
    static double zeroThreshold() {
        return Math.pow(2, FIRST_OCTAVE);
    }

    /** How many were up to the threshold. */
    long zeros() {
        return exponential.get(0);
    }

    /** From {@link #offset} on. */
    long[] exponential() {
        return copy(exponential, 1);
    }

    /** Index of the first of them, as OTLP counts: bucket {@code i} is above 2^(i/4) s and up to 2^((i+1)/4) s. */
    static int offset() {
        return FIRST_OCTAVE * PER_OCTAVE;
    }

    double seconds() {
        return sum.sum() / 1e9;
    }

    private static int bound(long nanos) {
        int low = 0;
        int high = BOUNDS.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (nanos <= BOUNDS[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Out of the bits of the seconds as a double; the one less puts a bound itself into the bucket below it. */
    private static int bucket(long nanos) {
        long bits = Double.doubleToRawLongBits(nanos / 1e9) - 1;
        int octave = (int) (bits >> MANTISSA_BITS) - Double.MAX_EXPONENT - FIRST_OCTAVE;
        if (octave < 0) {
            return 0;
        }
        if (octave >= OCTAVES) {
            return OCTAVES * PER_OCTAVE;
        }
        long mantissa = bits & MANTISSA;
        int part = (mantissa >= SECOND ? 1 : 0) + (mantissa >= THIRD ? 1 : 0) + (mantissa >= FOURTH ? 1 : 0);
        return 1 + octave * PER_OCTAVE + part;
    }

    private static long mantissa(int part) {
        return Double.doubleToRawLongBits(Math.pow(2, part / (double) PER_OCTAVE)) & MANTISSA;
    }

    private static long[] copy(AtomicLongArray from, int start) {
        long[] counts = new long[from.length() - start];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = from.get(start + i);
        }
        return counts;
    }
}
