package dev.virga.host;

import java.util.Optional;

/** The end of all that runs, within one time of grace: of requests first, then of other calls. Used by many threads. */
final class Shutdown {

    private final Grace grace;
    private final Workloads workloads;
    private Optional<Thread> quiescing = Optional.empty();

    Shutdown(Grace grace, Workloads workloads) {
        this.grace = grace;
        this.workloads = workloads;
    }

    /** The time begins, if it has not. Returns at once. */
    synchronized void begin() {
        if (quiescing.isEmpty()) {
            grace.begin();
            quiescing = Optional.of(Thread.ofVirtual().name("quiesce").start(this::quiesce));
        }
    }

    private void quiesce() {
        try {
            grace.awaitRequests();
            workloads.quiesce();
        } catch (InterruptedException e) {
            // closed in a hurry
        }
    }

    /** Requests have ended, all the rest does now. Returns when it has. */
    void end() {
        begin();
        grace.requestsEnded();
        Thread calls;
        synchronized (this) {
            calls = quiescing.orElseThrow();
        }
        try {
            calls.join();
        } catch (InterruptedException e) {
            calls.interrupt();
            Thread.currentThread().interrupt();
        }
        try {
            workloads.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
