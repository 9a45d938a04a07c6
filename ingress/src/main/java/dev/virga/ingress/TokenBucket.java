package dev.virga.ingress;

import java.util.concurrent.atomic.AtomicLong;

/** Keeps to a {@link Rate}. Holds one number: the time at which the bucket will be full again. */
final class TokenBucket {

    private final long interval;
    private final long capacity;
    private final AtomicLong fullAt;

    /** @param now the clock in nanoseconds, as given to {@link #take} */
    TokenBucket(Rate rate, long now) {
        interval = Math.max(1, (long) (1e9 / rate.perSecond()));
        capacity = (long) Math.min((double) interval * rate.burst(), Long.MAX_VALUE / 4.0);
        fullAt = new AtomicLong(now);
    }

    /** Takes a token: 0, or the nanoseconds until there is one. */
    long take(long now) {
        while (true) {
            long full = fullAt.get();
            long after = (full - now < 0 ? now : full) + interval;
            long tooMuch = after - now - capacity;
            if (tooMuch > 0) {
                return tooMuch;
            }
            if (fullAt.compareAndSet(full, after)) {
                return 0;
            }
        }
    }
}
