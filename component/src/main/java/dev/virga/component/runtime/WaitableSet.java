package dev.virga.component.runtime;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Waitables whose events are waited for together; the one that waits longest is told first. */
final class WaitableSet implements Handle {

    private final Set<Waitable> elements = new LinkedHashSet<>();
    private final Set<Waitable> pending = new LinkedHashSet<>();
    private final WaitQueue queue = new WaitQueue();
    private int waiting;

    void add(Waitable waitable) {
        elements.add(waitable);
        if (waitable.hasPendingEvent()) {
            pending(waitable);
        }
    }

    void remove(Waitable waitable) {
        elements.remove(waitable);
        pending.remove(waitable);
    }

    void pending(Waitable waitable) {
        pending.add(waitable);
        queue.wake();
    }

    void taken(Waitable waitable) {
        pending.remove(waitable);
    }

    /** An event of this set, to wait for. */
    Awaited event(Optional<Room> room) {
        return new Awaited(this::hasPendingEvent, Optional.of(queue), room);
    }

    boolean hasPendingEvent() {
        return !pending.isEmpty();
    }

    Event takePendingEvent() {
        return pending.iterator().next().takePendingEvent();
    }

    /** A thread begins to wait for an event of this set. */
    void waitBegins() {
        waiting++;
    }

    /** It ends to wait: with an event, or because its task is cancelled. */
    Event waitEnds(boolean cancelled) {
        Event event = cancelled ? Event.TASK_CANCELLED : takePendingEvent();
        waiting--;
        return event;
    }

    /** {@code WaitableSet.poll} */
    Event poll(Task task, boolean cancellable) {
        if (task.deliverPendingCancel(cancellable)) {
            return Event.TASK_CANCELLED;
        }
        return hasPendingEvent() ? takePendingEvent() : Event.NONE;
    }

    /** Traps where it cannot be dropped. */
    void checkDrop() {
        if (!elements.isEmpty()) {
            throw Waitable.trap("cannot drop waitable set with waitables in it: " + elements.size());
        }
        if (waiting > 0) {
            throw Waitable.trap("cannot drop waitable set with waiters: " + waiting);
        }
    }
}
