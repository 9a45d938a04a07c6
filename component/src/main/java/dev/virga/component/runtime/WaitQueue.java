package dev.virga.component.runtime;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Threads that wait for the same thing, the one that waits longest first. */
final class WaitQueue {

    static final Comparator<GuestThread> LONGEST_FIRST = Comparator.comparingLong(GuestThread::waitsSince);

    private final TreeSet<GuestThread> threads = new TreeSet<>(LONGEST_FIRST);

    void add(GuestThread thread) {
        threads.add(thread);
    }

    /** @return whether it was among them */
    boolean remove(GuestThread thread) {
        return threads.remove(thread);
    }

    /** What they wait for may be there, for one of them. */
    void wake() {
        if (!threads.isEmpty()) {
            threads.first().lookAgain();
        }
    }

    /** This one cannot go on, though what they wait for is there. */
    void wakeNext(GuestThread thread) {
        Optional.ofNullable(threads.higher(thread)).ifPresent(GuestThread::lookAgain);
    }
}
