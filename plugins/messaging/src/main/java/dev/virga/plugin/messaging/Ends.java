package dev.virga.plugin.messaging;

import java.time.Duration;
import java.util.Collection;

/** Waits for the ends of threads. */
public final class Ends {

    private Ends() {}

    /** Of all of them, as long as this in all; whether they have ended. */
    public static boolean await(Collection<Thread> threads, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        boolean all = true;
        for (Thread thread : threads) {
            all &= thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return all;
    }
}
