package dev.virga.component.runtime;

import java.util.concurrent.locks.LockSupport;

/**
 * A stack of its own for guest code that may block (CanonicalABI, "Stack Switching"): a virtual
 * thread that takes turns with the thread that resumes it, so that only one of them ever runs.
 */
final class Fiber {

    /** Ends a stack that nobody will resume. */
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("the component instance was closed", null, false, false);
        }
    }

    private final EventLoop loop;
    private final Thread thread;
    private volatile boolean running;
    private Thread resumer;
    private boolean started;
    private boolean ended;
    private boolean abandoned;
    private Throwable failure;

    Fiber(EventLoop loop, Runnable body) {
        this.loop = loop;
        this.thread = Thread.ofVirtual().name("virga-task").inheritInheritableThreadLocals(false).unstarted(() -> run(body));
    }

    private void run(Runnable body) {
        try {
            body.run();
        } catch (Throwable e) {
            // an engine that was told to stop makes a trap of what unwinds an abandoned stack
            if (!abandoned) {
                failure = e;
            }
        }
        ended = true;
        running = false;
        LockSupport.unpark(resumer);
    }

    /**
     * Runs it until it blocks or ends, and throws what it threw.
     *
     * @return whether it ended
     */
    boolean resume() {
        resumer = Thread.currentThread();
        loop.runs(thread);
        running = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
        boolean interrupted = false;
        while (running) {
            LockSupport.park(this);
            // an interrupted thread would not park but spin
            interrupted |= Thread.interrupted();
        }
        loop.runs(resumer);
        if (interrupted) {
            resumer.interrupt();
        }
        if (failure != null) {
            throw Calls.<RuntimeException>sneak(failure);
        }
        return ended;
    }

    /** Called by the fiber itself: goes back to the one that resumed it, until it is resumed again. */
    void block() {
        if (abandoned) {
            throw new Abandoned();
        }
        Thread waiting = resumer;
        running = false;
        LockSupport.unpark(waiting);
        while (!running) {
            LockSupport.park(this);
            Thread.interrupted();
        }
        if (abandoned) {
            throw new Abandoned();
        }
    }

    /** Unwinds the stack of a fiber that is blocked. */
    void abandon() {
        if (!ended) {
            abandoned = true;
            resume();
        }
    }
}
