package dev.virga.ingress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/** The time by which a request must be answered whole. It can be brought forward, never put off. */
final class Deadline {

    private final Scheduler scheduler;
    private final long begun = System.nanoTime();
    private Duration time;
    private Runnable action = () -> {};
    private Scheduler.Task task = () -> false;
    private boolean over;

    Deadline(Scheduler scheduler, Duration time) {
        this.scheduler = scheduler;
        this.time = time;
    }

    synchronized void start(Runnable onExpiry) {
        action = onExpiry;
        schedule();
    }

    synchronized void shorten(Duration to) {
        if (!over && to.compareTo(time) < 0) {
            time = to;
            task.cancel();
            schedule();
        }
    }

    synchronized void stop() {
        over = true;
        task.cancel();
    }

    synchronized Duration time() {
        return time;
    }

    /** What is left, in nanoseconds; not less than none. */
    synchronized long left() {
        return Math.max(0, time.toNanos() - (System.nanoTime() - begun));
    }

    private void schedule() {
        task = scheduler.schedule(action, left(), TimeUnit.NANOSECONDS);
    }
}
