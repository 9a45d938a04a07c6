package dev.virga.host;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long what is under way may go on: the same time for each thing that stops by itself, and what is left of one such
 * time for all once the host stops. Requests end first, since they may publish messages and call links.
 */
final class Grace {

    private final Duration time;
    private final CountDownLatch requests = new CountDownLatch(1);
    private volatile OptionalLong end = OptionalLong.empty();
    private volatile boolean callsEnd;

    Grace(Duration time) {
        this.time = time;
    }

    /** What requests may take of a time, so that some is left for messages and calls of links. */
    static Duration forRequests(Duration time) {
        return time.dividedBy(2);
    }

    /** The host stops. */
    synchronized void begin() {
        if (end.isEmpty()) {
            end = OptionalLong.of(System.nanoTime() + time.toNanos());
        }
    }

    /** All requests have ended. */
    void requestsEnded() {
        requests.countDown();
    }

    /** Waits until all requests have ended, or have had their part of the time. Now calls have to end. */
    void awaitRequests() throws InterruptedException {
        requests.await(forRequests(left()).toNanos(), TimeUnit.NANOSECONDS);
        callsEnd = true;
    }

    /** Whether messages and calls of links are taken no more. */
    boolean callsEnd() {
        return callsEnd;
    }

    Duration left() {
        OptionalLong now = end;
        return now.isEmpty() ? time : Duration.ofNanos(Math.max(0, now.getAsLong() - System.nanoTime()));
    }
}
