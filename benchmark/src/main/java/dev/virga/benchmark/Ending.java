package dev.virga.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it is open, this process ends only after what its thread has started was closed: servers, files. */
final class Ending implements AutoCloseable {

    private static final long LONGEST = 30;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread onExit;

    Ending() {
        Thread measuring = Thread.currentThread();
        onExit = new Thread(() -> {
            measuring.interrupt();
            try {
                over.await(LONGEST, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // the process ends already
        }
    }
}
