package dev.virga.component.runtime;

import dev.virga.component.abi.Elements;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The readable end of a guest's stream or future in the hands of the host. */
final class HostEnd implements Copier {

    private final Root root;
    private final EventLoop loop;
    private final Shared shared;
    private final Optional<Elements> elements;

    /** Held by the thread that reads: others wait for it to be done. */
    private final ReentrantLock reading = new ReentrantLock();

    private HostBuffer buffer;
    private Optional<CopyResult> result = Optional.empty();
    private boolean open = true;
    private volatile boolean closed;

    HostEnd(Root root, Shared shared, Optional<Elements> elements) {
        this.root = root;
        this.loop = root.loop();
        this.shared = shared;
        this.elements = elements;
        this.buffer = HostBuffer.room(elements, 0);
        loop.addHostEnd();
    }

    /** Takes the end away from the host: it goes back to a guest of the same root. */
    Optional<Shared> takenBack(Root by) {
        if (by != root || !open || closed) {
            return Optional.empty();
        }
        if (isPending()) {
            throw new IllegalStateException("a guest's stream or future cannot be given away while a thread reads it");
        }
        ended();
        return Optional.of(shared);
    }

    /**
     * Waits for values: the buffer with at least one and at most {@code max}, or with none when the other
     * end was dropped.
     *
     * @return empty if the calling thread was interrupted, which it stays
     */
    Optional<HostBuffer> read(int max, Deadline deadline) {
        return read(HostBuffer.room(elements, max), deadline);
    }

    /** The same for bytes, into a part of this array. */
    Optional<HostBuffer> read(byte[] bytes, int offset, int max) {
        return read(new HostBuffer(elements, bytes, offset, max), Deadline.NEVER);
    }

    private Optional<HostBuffer> read(HostBuffer room, Deadline deadline) {
        if (loop.isRunner()) {
            throw new IllegalStateException("a guest's stream or future cannot be read by a function that the guest waits"
                    + " for: read it on another thread, or after the function has returned");
        }
        if (!deadline.lock(reading)) {
            return Optional.empty();
        }
        try {
            return readInTurn(room, deadline);
        } finally {
            reading.unlock();
        }
    }

    private Optional<HostBuffer> readInTurn(HostBuffer room, Deadline deadline) {
        return root.guarded(() -> {
            root.checkUsable();
            if (!open || closed || room.isZeroLength()) {
                return Optional.of(room);
            }
            buffer = room;
            while (true) {
                result = Optional.empty();
                shared.read(this);
                boolean interrupted = loop.runUntil(() -> result.isPresent(), deadline, this::cancel);
                if (result.isEmpty()) {
                    cancel();
                }
                root.landed();
                if (result.get() == CopyResult.DROPPED) {
                    ended();
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                if (buffer.progress() > 0 || result.get() == CopyResult.DROPPED) {
                    return Optional.of(buffer);
                }
                if (result.get() == CopyResult.CANCELLED) {
                    return Optional.empty();
                }
            }
        });
    }

    private void cancel() {
        if (isPending()) {
            shared.cancel();
        }
    }

    private boolean isPending() {
        return shared.pending().filter(p -> p == this).isPresent();
    }

    /** Does not wait for the guest's turn: a guest of another instance may be what closes it, in its own. */
    void close() {
        closed = true;
        if (loop.isRunner()) {
            drop();
        } else if (!root.isGone()) {
            loop.tell(this::drop);
        }
    }

    private void drop() {
        if (open) {
            ended();
            shared.drop();
        }
    }

    private void ended() {
        if (open) {
            open = false;
            loop.removeHostEnd();
        }
    }

    @Override
    public Optional<GuestInstance> instance() {
        return Optional.empty();
    }

    @Override
    public Buffer buffer() {
        return buffer;
    }

    @Override
    public void copied() {
        shared.resetPending();
        done(CopyResult.COMPLETED);
    }

    @Override
    public void done(CopyResult how) {
        result = Optional.of(how);
    }
}
