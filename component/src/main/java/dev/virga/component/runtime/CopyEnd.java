package dev.virga.component.runtime;

import dev.virga.component.binary.AsyncCanon.End;
import dev.virga.component.binary.AsyncCanon.Kind;
import java.util.Optional;

/** An end of a stream or future in a guest's table (CanonicalABI, {@code CopyEnd}). */
final class CopyEnd extends Waitable implements Copier {

    private enum State {
        IDLE,
        COPYING,
        CANCELLING_COPY,
        DONE
    }

    private static final int RESULT_BITS = 4;

    final Kind kind;
    final End end;
    final Shared shared;
    private final GuestInstance instance;
    private int index;
    private State state = State.IDLE;

    // of the copy under way
    private Optional<GuestBuffer> buffer = Optional.empty();
    private CopyResult result = CopyResult.COMPLETED;
    private boolean mustReclaim;

    CopyEnd(GuestInstance instance, Kind kind, End end, Shared shared) {
        this.instance = instance;
        this.kind = kind;
        this.end = end;
        this.shared = shared;
    }

    /** Puts it into its instance's table. */
    int add() {
        index = instance.handles.add(this);
        return index;
    }

    /** {@code stream_copy}, {@code future_copy}; the event's payload or {@link Subtask#BLOCKED}. */
    int copy(GuestBuffer range, boolean async, GuestThread thread) {
        state = State.COPYING;
        buffer = Optional.of(range);
        if (end == End.READABLE) {
            shared.read(this);
        } else {
            shared.write(this);
        }
        return finish(async, thread);
    }

    /** Traps where a copy cannot begin. */
    void checkIdle(boolean async) {
        if (state != State.IDLE) {
            throw trap(
                    state == State.DONE
                            ? "cannot " + verb() + " " + kind + " after being notified that the "
                                    + (end == End.READABLE ? "writable" : "readable") + " end dropped"
                            : "cannot have concurrent operations active on a future/stream");
        }
        checkNotInSet(async, verb() + " a " + kind);
    }

    private String verb() {
        return end == End.READABLE ? "read from" : "write to";
    }

    /** {@code cancel_copy} */
    int cancel(boolean async, GuestThread thread) {
        if (state != State.COPYING || hasSyncWaiter()) {
            throw trap(state == State.CANCELLING_COPY
                    ? "a " + kind + " " + verb() + " is cancelled already"
                    : "no copy under way: cannot cancel a " + verb() + " " + kind);
        }
        checkNotInSet(async, "cancel a copy of a " + kind);
        state = State.CANCELLING_COPY;
        if (!hasPendingEvent()) {
            shared.cancel();
        } else if (kind == Kind.STREAM && result == CopyResult.COMPLETED) {
            // definitions.py would answer COMPLETED; the specification's own tests want to see the cancellation
            result = CopyResult.CANCELLED;
        }
        return finish(async, thread);
    }

    private int finish(boolean async, GuestThread thread) {
        if (!hasPendingEvent()) {
            if (async) {
                return Subtask.BLOCKED;
            }
            waitUntil(thread, this::hasPendingEvent);
        }
        return takePendingEvent().second();
    }

    /** Traps where the end cannot be given away ({@code lift_async_value}). */
    void checkTransfer() {
        if (state != State.IDLE) {
            throw trap("cannot lift " + kind + " while a copy is under way or after it is done");
        }
        if (inSet()) {
            throw trap("cannot lift " + kind + " while it is in a waitable set");
        }
    }

    /** {@code CopyEnd.drop} */
    void drop() {
        if (state == State.COPYING || state == State.CANCELLING_COPY) {
            throw trap("cannot drop busy stream or future");
        }
        if (kind == Kind.FUTURE && end == End.WRITABLE && state != State.DONE) {
            throw trap("cannot drop future write end without first writing a value");
        }
        shared.drop();
        join(Optional.empty());
    }

    @Override
    public Optional<GuestInstance> instance() {
        return Optional.of(instance);
    }

    @Override
    public Buffer buffer() {
        return buffer.orElseThrow();
    }

    @Override
    public void copied() {
        over(CopyResult.COMPLETED, true);
    }

    @Override
    public void done(CopyResult how) {
        over(how, false);
    }

    private void over(CopyResult how, boolean reclaim) {
        result = how;
        mustReclaim = reclaim;
        setPendingEvent();
    }

    @Override
    Event event() {
        if (mustReclaim) {
            mustReclaim = false;
            shared.resetPending();
        }
        int progress = buffer.orElseThrow().progress();
        buffer = Optional.empty();
        boolean over = result == CopyResult.DROPPED || kind == Kind.FUTURE && result == CopyResult.COMPLETED;
        state = over ? State.DONE : State.IDLE;
        int payload = kind == Kind.STREAM ? result.ordinal() | progress << RESULT_BITS : result.ordinal();
        return new Event(code(), index, payload);
    }

    private int code() {
        return switch (kind) {
            case STREAM -> end == End.READABLE ? Event.STREAM_READ : Event.STREAM_WRITE;
            case FUTURE -> end == End.READABLE ? Event.FUTURE_READ : Event.FUTURE_WRITE;
        };
    }
}
