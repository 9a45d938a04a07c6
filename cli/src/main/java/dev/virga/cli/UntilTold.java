package dev.virga.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a server until it is told to stop, by a signal or otherwise. */
public final class UntilTold {

    private final CountDownLatch told = new CountDownLatch(1);

    /** Returns at once; what is kept is closed then. */
    public void stop() {
        told.countDown();
    }

    /**
     * Prints that the server listens, and returns after it was closed: when {@link #stop} was called or this thread
     * is interrupted. A process that is told to end does so after the server is closed.
     */
    public void keep(Console console, Runnable close, String listening) {
        Thread onExit = new Thread(() -> {
            close.run();
            console.out().flush();
            console.err().flush();
            // All has ended as asked, so this is success; left to itself the JVM ends with 143, as if killed.
            Runtime.getRuntime().halt(ExitCode.OK);
        });
        Runtime.getRuntime().addShutdownHook(onExit);
        console.out().println(listening);
        console.out().flush();
        try {
            told.await();
        } catch (InterruptedException e) {
            // told so
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            return; // the process ends already, and closes it
        }
        close.run();
    }
}
