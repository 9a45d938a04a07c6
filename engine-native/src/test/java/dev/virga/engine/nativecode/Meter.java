package dev.virga.engine.nativecode;

import dev.virga.engine.Account;
import dev.virga.engine.Limiter;
import java.time.Duration;

/** Counts the processor time that a workload is charged, and stops it after so much. */
final class Meter implements Limiter {

    private final double share;
    private final long maxNanos;
    private final Account account = new Account();
    private long nanos;

    Meter(double share, long maxNanos) {
        this.share = share;
        this.maxNanos = maxNanos;
    }

    synchronized long nanos() {
        return nanos;
    }

    /** Waits until so much was charged in all; whether it was in time. */
    synchronized boolean awaitNanos(long wanted, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (nanos < wanted) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public boolean reserve(long bytes) {
        return true;
    }

    @Override
    public void release(long bytes) {}

    @Override
    public synchronized boolean consume(long used) {
        nanos += used;
        notifyAll();
        return nanos <= maxNanos;
    }

    @Override
    public double share() {
        return share;
    }

    @Override
    public Account account() {
        return account;
    }
}
