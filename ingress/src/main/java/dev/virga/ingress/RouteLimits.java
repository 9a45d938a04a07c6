package dev.virga.ingress;

import java.time.Duration;
import java.util.Optional;

/**
 * What clients may ask of a workload, within what the server's own limits leave.
 *
 * @param concurrency requests handled at a time
 * @param waiting requests that wait for their turn, within their time; more are refused with 503
 * @param rate requests over time; more are refused with 429
 * @param headerBytes names and values of a request's headers together; more is refused with 431
 * @param headerCount a request's headers; more are refused with 431
 * @param bodyBytes a request's body; more is refused with 413, or an error for who reads it
 * @param requestTime until a request must be answered whole; 504 then
 */
public record RouteLimits(
        int concurrency,
        int waiting,
        Optional<Rate> rate,
        int headerBytes,
        int headerCount,
        long bodyBytes,
        Optional<Duration> requestTime) {

    /** The server's limits, and at most so many at a time that one workload cannot take all of them. */
    public static final RouteLimits DEFAULT = new RouteLimits(
            200, 100, Optional.empty(), Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Optional.empty());

    public RouteLimits {
        if (concurrency < 1 || waiting < 0 || headerBytes < 0 || headerCount < 0 || bodyBytes < 0) {
            throw new IllegalArgumentException("concurrency is at least 1, and no limit is less than 0");
        }
        requestTime.ifPresent(time -> Durations.positive("a request's time", time));
    }
}
