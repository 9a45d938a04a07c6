package dev.virga.component;

import java.time.Duration;

/** Does something when a time has passed, unless it is closed before: for example {@link ComponentInstance#interrupt}. */
public final class Watchdog implements AutoCloseable {

    private final Thread thread;

    public Watchdog(Duration time, Runnable alarm) {
        thread = Thread.ofVirtual().name("watchdog").start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                return;
            }
            alarm.run();
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
