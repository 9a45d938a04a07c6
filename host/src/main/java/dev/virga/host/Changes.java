package dev.virga.host;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts the changes of all that a host keeps, so that who watches can wait for the next one. */
public final class Changes {

    private long count;

    synchronized void happened() {
        count++;
        notifyAll();
    }

    public synchronized long count() {
        return count;
    }

    /** Waits until there were more changes than so many, or the time is over; how many there were. */
    public synchronized long after(long seen, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); count <= seen && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return count;
    }
}
