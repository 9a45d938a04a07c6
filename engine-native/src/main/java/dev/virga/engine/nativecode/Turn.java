package dev.virga.engine.nativecode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A guest for which host functions compute, on its carrier: a thread of the scheduler stands aside for as long. It ends
 * at the guest's next tick there, or by itself once the guest waits for something.
 */
final class Turn extends Job {

    private static final long LONGEST = 10 * Ticker.TICK_NANOS;

    private final CountDownLatch over = new CountDownLatch(1);

    Turn(NativeStore store) {
        super(store);
    }

    @Override
    long slice() {
        done();
        if (isStopped()) {
            return 0;
        }
        try {
            while (!over.await(Ticker.TICK_NANOS, TimeUnit.NANOSECONDS) && isRunnable() && sinceResumed() < LONGEST) {
                // or it goes on without
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the scheduler's threads", e);
        }
        return sinceResumed();
    }

    @Override
    boolean isOver() {
        return true;
    }

    void end() {
        over.countDown();
    }
}
