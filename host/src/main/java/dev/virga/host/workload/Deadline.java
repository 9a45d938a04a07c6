package dev.virga.host.workload;

import java.time.Duration;

/** Does something when a time has passed, unless it is closed before. */
final class Deadline implements AutoCloseable {

    private final Thread thread;

    Deadline(Duration time, Runnable then) {
        thread = Thread.ofVirtual().name("deadline").start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                return;
            }
            then.run();
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
