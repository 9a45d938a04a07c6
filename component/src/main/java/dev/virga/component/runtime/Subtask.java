package dev.virga.component.runtime;

import java.util.Optional;

/** A call of an asynchronous function, as its caller sees it (CanonicalABI, "Subtask State"). */
final class Subtask extends Waitable implements Call {

    enum State {
        STARTING,
        STARTED,
        RETURNED,
        CANCELLED_BEFORE_STARTED,
        CANCELLED_BEFORE_RETURNED
    }

    /** What a built-in answers that did not complete at once. */
    static final int BLOCKED = -1;

    private static final int STATE_BITS = 4;

    private final AsyncLowering lowering;
    private final BorrowScope lenders = new BorrowScope(null);
    private long[] flat;
    private long flatResult;
    private State state = State.STARTING;
    private int index;
    private boolean resolveDelivered;
    private boolean cancellationRequested;
    private Cancellation cancellation = _ -> {};

    /** @param flat the core parameters, as the caller gave them */
    Subtask(AsyncLowering lowering, long[] flat) {
        this.lowering = lowering;
        this.flat = flat;
    }

    void cancelledBy(Cancellation callee) {
        cancellation = callee;
    }

    boolean isResolved() {
        return state != State.STARTING && state != State.STARTED;
    }

    @Override
    public Object[] start() {
        state = State.STARTED;
        Object[] arguments = lowering.liftParams(flat, lenders);
        progressed();
        return arguments;
    }

    @Override
    public void returned(Object[] result) {
        flatResult = lowering.lowerResult(flat, result);
        resolved(State.RETURNED);
    }

    @Override
    public void cancelled() {
        resolved(state == State.STARTING ? State.CANCELLED_BEFORE_STARTED : State.CANCELLED_BEFORE_RETURNED);
    }

    private void resolved(State resolution) {
        state = resolution;
        flat = new long[0];
        progressed();
    }

    private void progressed() {
        if (index == 0) {
            tellSyncWaiter();
        } else {
            setPendingEvent();
        }
    }

    /** The result of a call that waited for it. */
    long deliverResult() {
        deliverResolve();
        return flatResult;
    }

    private void deliverResolve() {
        resolveDelivered = true;
        lenders.end();
    }

    /** What an asynchronous call gives back at once; an unresolved one gets a handle. */
    int status(HandleTable handles) {
        if (isResolved()) {
            deliverResolve();
            return state.ordinal();
        }
        index = handles.add(this);
        return state.ordinal() | index << STATE_BITS;
    }

    @Override
    Event event() {
        if (isResolved() && !resolveDelivered) {
            deliverResolve();
        }
        return new Event(Event.SUBTASK, index, state.ordinal());
    }

    /** {@code canon subtask.cancel} */
    int cancel(GuestThread thread, boolean async) {
        if (resolveDelivered) {
            throw trap("`subtask.cancel` called after terminal status delivered");
        }
        if (cancellationRequested) {
            throw trap("`subtask.cancel` called a second time for a subtask");
        }
        checkNotInSet(async, "cancel a subtask");
        if (!isResolved()) {
            cancellationRequested = true;
            cancellation.request(Optional.of(thread.task.instance));
            if (!isResolved()) {
                if (async) {
                    return BLOCKED;
                }
                waitUntil(thread, this::isResolved);
            }
        }
        return takePendingEvent().second();
    }

    /** {@code canon subtask.drop} */
    void drop() {
        if (!resolveDelivered) {
            throw trap("cannot drop a subtask which has not yet resolved");
        }
        join(Optional.empty());
    }
}
