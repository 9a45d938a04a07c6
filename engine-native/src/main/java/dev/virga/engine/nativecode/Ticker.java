package dev.virga.engine.nativecode;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The clock of fair sharing: while stores are open, running guests are told each millisecond that a tick is due. */
final class Ticker {

    static final long TICK_NANOS = 1_000_000;
    /** Shorter than anybody's: a tick that comes late lets a guest compute for longer. */
    private static final long SLICE_NANOS = 100_000;

    private static final AtomicInteger OPEN = new AtomicInteger();
    private static volatile int count;

    private static final Thread THREAD = Thread.ofPlatform().daemon().name("virga-ticker").start(Ticker::run);

    private Ticker() {}

    static void storeOpened() {
        if (OPEN.getAndIncrement() == 0) {
            LockSupport.unpark(THREAD);
        }
    }

    static void storeClosed() {
        OPEN.decrementAndGet();
    }

    /** How many ticks there were; none while no store is open. */
    static int count() {
        return count;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes it
    private static void run() {
        Libc.sliceThisThread(SLICE_NANOS);
        while (true) {
            if (OPEN.get() == 0) {
                LockSupport.park();
            } else {
                LockSupport.parkNanos(TICK_NANOS);
                count++;
                Stacks.tick();
            }
        }
    }
}
