package dev.virga.bench.host;

import java.util.Arrays;

/** How long requests took, in nanoseconds, ascending. */
record Latencies(long[] nanos, int failures) {

    Latencies {
        Arrays.sort(nanos);
    }

    double milliseconds(double quantile) {
        return nanos.length == 0 ? Double.NaN : nanos[(int) Math.min(nanos.length - 1, nanos.length * quantile)] / 1e6;
    }

    @Override
    public String toString() {
        return "p50 %.2f  p99 %.2f  max %.2f ms of %d, %d failed"
                .formatted(milliseconds(0.5), milliseconds(0.99), milliseconds(1), nanos.length, failures);
    }
}
