package dev.virga.ingress;

import java.time.Duration;

/**
 * What clients may ask of a server.
 *
 * @param headerBytes a request's line and headers together, and its trailers; more is answered with 431
 * @param headerCount a request's headers
 * @param bodyBytes a request's body; more is answered with 413, or seen by the guest as an error if
 *     the length was not announced
 * @param connections open at a time; more wait to be accepted
 * @param requests handled at a time; more wait for their turn
 * @param requestTime until a request must be answered whole; it is stopped then, with 504 if nothing
 *     was sent yet
 * @param idleTime until a connection on which nothing moves is closed; one that moves but brings no whole
 *     request is closed after at most twice this time
 */
public record ServeLimits(
        int headerBytes,
        int headerCount,
        long bodyBytes,
        int connections,
        int requests,
        Duration requestTime,
        Duration idleTime) {

    public ServeLimits {
        if (headerBytes < 1 || headerCount < 1 || bodyBytes < 0 || connections < 1 || requests < 1) {
            throw new IllegalArgumentException("no limit of a server is less than 1, and a body's not less than 0");
        }
        Durations.positive("a request's time", requestTime);
        Durations.positive("a connection's idle time", idleTime);
    }

    /** Bodies without limit, since they are never held whole; a minute for a request. */
    public static final ServeLimits DEFAULT = new ServeLimits(
            32 * 1024, 128, Long.MAX_VALUE, 1000, 1000, Duration.ofSeconds(60), Duration.ofSeconds(30));
}
