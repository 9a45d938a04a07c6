package dev.virga.benchmark.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What a load met.
 *
 * @param latencies in nanoseconds, of requests that were answered well; from when each was due, where there was a rate.
 *     Requests that could not be sent in time count with how late they were
 * @param lateness in nanoseconds: how much later than it wanted the generator itself began a request for which it had
 *     a free connection
 * @param answered how many were answered well
 * @param failed how many got an error, or none at all
 * @param unsent how many were due and had no free connection before the end
 * @param firstFailure in words, or empty
 */
public record LoadResult(
        Histogram latencies,
        Histogram lateness,
        long answered,
        long failed,
        long unsent,
        Duration time,
        String firstFailure) {

    /** Milliseconds. */
    public double milliseconds(double percentile) {
        return latencies.getTotalCount() == 0 ? Double.NaN : latencies.getValueAtPercentile(percentile) / 1e6;
    }

    /** Answers a second. */
    public double rate() {
        return answered / (time.toNanos() / 1e9);
    }
}
