package dev.virga.component.runtime;

import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;

/**
 * How many handles and tasks all component instances of one root may have together, so that no
 * composition multiplies the limit; the memory of tables and stacks is charged to the limiter.
 */
final class Quota {

    /** What one slot of a table costs: the slot, its place in the free list, the handle. */
    private static final long BYTES_PER_SLOT = 64;

    /** About what a guest's stack takes that is parked at a modest depth. */
    private static final long BYTES_PER_STACK = 16 * 1024;

    private final Limiter limiter;
    private final int limit;
    private int handles;
    private long charged;

    Quota(Limiter limiter, int limit) {
        this.limiter = limiter;
        this.limit = limit;
    }

    void add() {
        if (handles >= limit) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI, "cannot allocate another handle: the instance's limit is " + limit);
        }
        handles++;
    }

    void remove() {
        handles--;
    }

    void grow(int slots) {
        long bytes = slots * BYTES_PER_SLOT;
        if (!limiter.reserve(bytes)) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI,
                    "cannot allocate another handle: the memory limit leaves no room for the handle table");
        }
        charged += bytes;
    }

    /** Charges the stack of a task that may block. */
    void reserveStack() {
        if (!limiter.reserve(BYTES_PER_STACK)) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI, "cannot begin another task: the memory limit leaves no room for its stack");
        }
        charged += BYTES_PER_STACK;
    }

    void releaseStack() {
        limiter.release(BYTES_PER_STACK);
        charged -= BYTES_PER_STACK;
    }

    int handles() {
        return handles;
    }

    void close() {
        limiter.release(charged);
        charged = 0;
    }
}
