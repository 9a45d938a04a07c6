package dev.virga.wasi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** So much of something that may be in use at a time, by all who share this object. */
public final class Quota {

    private final long max;
    private final AtomicLong used = new AtomicLong();

    public Quota(long max) {
        this.max = max;
    }

    public long max() {
        return max;
    }

    public long used() {
        return used.get();
    }

    /** One of it, if there is one left. */
    public Optional<Lease> take() {
        return take(1);
    }

    /** This much of it, if that is left. */
    public Optional<Lease> take(long amount) {
        if (used.addAndGet(amount) > max) {
            used.addAndGet(-amount);
            return Optional.empty();
        }
        return Optional.of(new Lease(amount));
    }

    /** What was taken, to be given back; a second time does nothing. */
    public final class Lease implements AutoCloseable {

        private final long amount;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(long amount) {
            this.amount = amount;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                used.addAndGet(-amount);
            }
        }
    }
}
