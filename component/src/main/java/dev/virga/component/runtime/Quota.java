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

    /** What the host keeps of a task or thread that has no stack. */
    private static final long BYTES_PER_TASK = 512;

    /** A quarter of the most that the stack of a virtual thread takes: few guests recurse that deep and then wait. */
    private static final long BYTES_PER_STACK = 256 * 1024;

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
        reserve(slots * BYTES_PER_SLOT, "cannot allocate another handle: the memory limit leaves no room for the handle table");
    }

    /** A task begins, or a thread that one makes. */
    void addTask() {
        add();
        reserve(BYTES_PER_TASK, "cannot begin another task: the memory limit leaves no room for it");
    }

    void removeTask() {
        remove();
        release(BYTES_PER_TASK);
    }

    /** Charges the stack of a task that may block. */
    void reserveStack() {
        reserve(BYTES_PER_STACK, "cannot begin another task: the memory limit leaves no room for its stack");
    }

    void releaseStack() {
        release(BYTES_PER_STACK);
    }

    private void reserve(long bytes, String refusal) {
        if (!limiter.reserve(bytes)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, refusal);
        }
        charged += bytes;
    }

    private void release(long bytes) {
        limiter.release(bytes);
        charged -= bytes;
    }

    int handles() {
        return handles;
    }

    void close() {
        limiter.release(charged);
        charged = 0;
    }
}
