package dev.virga.engine.nativecode;

import dev.virga.engine.Trap;

/**
 * What happens to a guest when a tick is due. The first tick since it came from the host is let
 * pass: a short call may happen to meet one. At the second the guest is moved to the threads of
 * {@link Scheduler}, so that its virtual thread's carrier is free; what it calls next of the host
 * runs on a carrier again. A guest of a workload whose calls are long is moved at the first, and
 * is on a carrier only in its turn.
 */
final class Ticks {

    private Ticks() {}

    static int handle(Fiber fiber, NativeStore store) {
        if (fiber.overflowed()) {
            throw Traps.suspended(Trap.Kind.STACK_OVERFLOW, Trap.Kind.STACK_OVERFLOW.text(), fiber, store);
        }
        Thread thread = Thread.currentThread();
        boolean demoted = fiber.ticks++ > 0 && thread.isVirtual() || store.takesTurns(thread);
        fiber.sample(store.account());
        if (!demoted) {
            // A call that runs at the moment of a tick is charged all of it; over many calls that is their time.
            store.charge(Ticker.TICK_NANOS);
        }
        fiber.endTurn();
        if (store.isInterrupted()) {
            throw Traps.stopped(fiber, store);
        }
        if (thread.isInterrupted()) {
            throw Traps.suspended(
                    Trap.Kind.INTERRUPTED, "interrupted: the thread was interrupted", fiber, store);
        }
        int code = demoted ? Scheduler.run(fiber, store) : Switch.resume(fiber.context());
        fiber.hostTime.begin();
        if (demoted && code != Switch.DONE && code != Switch.TICK && store.takesTurns(thread)) {
            fiber.takeTurn(store);
        }
        return code;
    }

    /**
     * Called when a guest has come back from the host and a tick was due meanwhile: charges what it took there, and has
     * it wait for its workload's turn if it keeps a carrier busy by that. Guests that wait in the host take no time.
     */
    static void inHost(Fiber fiber, NativeStore store) {
        long nanos = fiber.hostTime.sinceLast(fiber);
        if (nanos > 0) {
            store.charge(nanos);
            fiber.sample(store.account());
            if (Thread.currentThread().isVirtual() && !store.isInterrupted()) {
                fiber.takeTurn(store);
            }
        }
    }
}
