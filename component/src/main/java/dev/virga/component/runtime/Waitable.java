package dev.virga.component.runtime;

import dev.virga.engine.Trap;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Something that a guest can wait for (CanonicalABI, "Waitable State"). */
abstract sealed class Waitable implements Handle permits Subtask, CopyEnd {

    private boolean pending;
    private Optional<WaitableSet> set = Optional.empty();
    private Optional<GuestThread> syncWaiter = Optional.empty();

    /** Makes the event that is pending, at the moment when the guest gets it. */
    abstract Event event();

    final void setPendingEvent() {
        pending = true;
        set.ifPresent(s -> s.pending(this));
        tellSyncWaiter();
    }

    final void tellSyncWaiter() {
        syncWaiter.ifPresent(GuestThread::lookAgain);
    }

    final boolean hasPendingEvent() {
        return pending;
    }

    final Event takePendingEvent() {
        pending = false;
        set.ifPresent(s -> s.taken(this));
        return event();
    }

    final boolean inSet() {
        return set.isPresent();
    }

    final boolean hasSyncWaiter() {
        return syncWaiter.isPresent();
    }

    /** Has the guest's current thread wait for what {@link #tellSyncWaiter} tells; no set may wait meanwhile. */
    final void waitUntil(GuestThread thread, BooleanSupplier condition) {
        syncWaiter = Optional.of(thread);
        thread.waitUntil(Awaited.of(condition), false);
        syncWaiter = Optional.empty();
    }

    final void join(Optional<WaitableSet> joined) {
        set.ifPresent(s -> s.remove(this));
        set = joined;
        joined.ifPresent(s -> s.add(this));
    }

    /** Waits with a set, as {@code waitable.join} says. */
    final void checkMayJoin() {
        if (hasSyncWaiter()) {
            throw trap("cannot join a waitable to a set while a thread waits for it synchronously");
        }
    }

    /** An operation that blocks is not for a waitable whose events a set gets. */
    final void checkNotInSet(boolean async, String operation) {
        if (inSet() && !async) {
            throw trap("cannot " + operation + " synchronously while the handle is in a waitable set");
        }
    }

    static Trap trap(String message) {
        return new Trap(Trap.Kind.CANONICAL_ABI, message);
    }
}
