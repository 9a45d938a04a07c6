package dev.virga.component.runtime;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a thread waits for: something that happens, then room in its instance. Whatever may make it
 * true has the event loop look at the thread again ({@link GuestThread#lookAgain}), so that a step costs
 * the same however many threads wait.
 *
 * @param queue of those who wait for the same event; empty where the thread itself is told
 */
record Awaited(BooleanSupplier event, Optional<WaitQueue> queue, Optional<Room> room) {

    /** Nothing but the thread's turn. */
    static final Awaited TURN = of(() -> true);

    static Awaited of(BooleanSupplier event) {
        return new Awaited(event, Optional.empty(), Optional.empty());
    }

    static Awaited of(Room room) {
        return new Awaited(() -> true, Optional.empty(), Optional.of(room));
    }

    boolean isThere() {
        return event.getAsBoolean() && room.map(r -> r.isFree().getAsBoolean()).orElse(true);
    }

    void begins(GuestThread thread) {
        queue.ifPresent(q -> q.add(thread));
    }

    /** It waits no more, and may leave what it waited for to others. */
    void ends(GuestThread thread) {
        queue.ifPresent(q -> {
            q.remove(thread);
            q.wake();
        });
        room.ifPresent(r -> {
            r.queue().remove(thread);
            r.queue().wake();
        });
    }

    /** It cannot go on yet: who could in its place is looked at, and the thread when there is room. */
    void passedOver(GuestThread thread) {
        if (event.getAsBoolean()) {
            room.ifPresent(r -> r.queue().add(thread));
            queue.ifPresent(q -> q.wakeNext(thread));
        } else {
            room.filter(r -> r.queue().remove(thread)).ifPresent(r -> r.queue().wake());
        }
    }
}
