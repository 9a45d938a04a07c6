package dev.virga.component.runtime;

import java.lang.reflect.Array;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** A guest's future as the host sees it. */
final class GuestFuture<T> implements Future<T> {

    private final HostEnd end;

    /** Held by the thread that waits for the guest: others wait for it to be done. */
    private final ReentrantLock waiting = new ReentrantLock();

    private volatile Optional<HostBuffer> value = Optional.empty();
    private volatile boolean cancelled;

    GuestFuture(HostEnd end) {
        this.end = end;
    }

    HostEnd end() {
        return end;
    }

    @Override
    public T get() throws InterruptedException {
        if (!await(Deadline.NEVER)) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while it waited for a guest's future");
        }
        return value();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, TimeoutException {
        Deadline deadline = Deadline.in(unit.toNanos(timeout));
        if (!await(deadline)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while it waited for a guest's future");
            }
            throw new TimeoutException("the guest gave no value for its future within " + timeout + " " + unit);
        }
        return value();
    }

    private boolean await(Deadline deadline) {
        if (!deadline.lock(waiting)) {
            return false;
        }
        try {
            return awaitAlone(deadline);
        } finally {
            waiting.unlock();
        }
    }

    private boolean awaitAlone(Deadline deadline) {
        if (value.isEmpty()) {
            Optional<HostBuffer> read = end.read(1, deadline);
            if (read.filter(buffer -> buffer.progress() == 0).isPresent()) {
                throw new CancellationException("the future was cancelled or given away");
            }
            value = read;
            if (read.isPresent()) {
                end.close();
            }
        }
        return value.isPresent();
    }

    @SuppressWarnings("unchecked") // the codec makes values of this type only
    private T value() {
        return (T) Array.get(value.orElseThrow().array(), 0);
    }

    /** Lets go of the future: the guest's write ends without a reader. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return false;
        }
        cancelled = true;
        end.close();
        return true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public boolean isDone() {
        return cancelled || value.isPresent();
    }
}
