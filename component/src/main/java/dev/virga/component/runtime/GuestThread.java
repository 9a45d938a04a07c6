package dev.virga.component.runtime;

import java.util.Arrays;
import java.util.Optional;

/**
 * A thread of a task (CanonicalABI, "Threads"). While it waits it holds a stack only if guest code is
 * on it: between the calls of a callback there is just the next step to take.
 */
final class GuestThread {

    /** What a thread does when it goes on. */
    @FunctionalInterface
    interface Step {

        /** @param cancelled whether it goes on because its task is to be cancelled */
        void run(boolean cancelled);
    }

    private static final int STORAGE = 2;

    final Task task;

    /** What {@code context.get} and {@code context.set} see. */
    final long[] storage = new long[STORAGE];

    private final EventLoop loop;
    private Optional<Fiber> fiber = Optional.empty();
    private Step step;
    private Awaited awaited = Awaited.TURN;
    private boolean waiting;
    private long waitsSince;
    private boolean suspended;
    private boolean runsSiblings;
    private boolean cancellable;
    private boolean cancelled;

    /** Its place among the threads of its instance, 0 while it has none. */
    private int index;

    /** Whether it counts as one of its instance's threads ({@code register_thread}). */
    private boolean registered;

    /** @param first what it does when it is first resumed */
    GuestThread(Task task, Step first) {
        this.task = task;
        this.loop = task.instance.root.loop();
        this.step = first;
    }

    void register() {
        registered = true;
        index = task.instance.addThread(this);
    }

    void unregister() {
        registered = false;
        task.instance.removeThread(index);
    }

    /** Makes it as good as new for the next synchronous call. */
    void forget() {
        Arrays.fill(storage, 0);
    }

    boolean isRegistered() {
        return registered;
    }

    int index() {
        return index;
    }

    boolean isReady() {
        return waiting && awaited.isThere();
    }

    /** The number of the wait: who began to wait earlier has a lower one. */
    long waitsSince() {
        return waitsSince;
    }

    /** What it waits for may be there. */
    void lookAgain() {
        if (waiting) {
            loop.look(this);
        }
    }

    /** The event loop looked, and it cannot go on. */
    void passedOver() {
        awaited.passedOver(this);
    }

    boolean isCancellable() {
        return waiting && cancellable;
    }

    boolean isSuspended() {
        return suspended;
    }

    /** A new thread, or one that is suspended, goes on when its turn comes. */
    void resumeLater() {
        suspended = false;
        if (waiting) {
            loop.look(this);
        } else {
            startWaiting(Awaited.TURN, false);
        }
    }

    /** It is there but does nothing until another thread resumes it. */
    void startSuspended() {
        suspended = true;
    }

    /** {@code Thread.resume}: runs it, and those that it switches to, until the last of them blocks or ends. */
    void resume(boolean cancel) {
        run(cancel);
        while (loop.switchesTo().filter(next -> !next.runsSiblings).isPresent()) {
            loop.takeSwitch().orElseThrow().run(false);
        }
    }

    private void run(boolean cancel) {
        stopWaiting();
        suspended = false;
        cancelled = cancel;
        GuestThread resumer = loop.switchTo(this);
        if (fiber.isEmpty()) {
            Step next = step;
            if (!task.instance.mayBlock()) {
                next.run(cancel);
                loop.switchTo(resumer);
                return;
            }
            fiber = Optional.of(loop.newFiber(() -> next.run(cancel)));
        }
        Fiber resumed = fiber.get();
        if (resumed.resume()) {
            fiber = Optional.empty();
            loop.ended(resumed);
        }
        loop.switchTo(resumer);
    }

    /**
     * {@code Thread.wait_until}, for a thread that keeps its stack meanwhile. It does not wait if it need
     * not.
     *
     * @return whether it goes on because its task is to be cancelled
     */
    boolean waitUntil(Awaited condition, boolean mayCancel) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        if (condition.isThere()) {
            return false;
        }
        startWaiting(condition, mayCancel);
        return block();
    }

    /**
     * Traps where it may have to wait but must not: while a caller of its instance waits on the stack and no
     * other thread can go on. The specification traps when it does have to wait; its authors' tests expect it
     * of each synchronous call of an asynchronous function.
     */
    void checkMayBlock() {
        if (task.instance.syncCalls > 0 && loop.readySibling(this).isEmpty()) {
            throw EventLoop.cannotBlock();
        }
    }

    /** {@code Thread.yield_}: others may run first. */
    boolean yield(boolean mayCancel) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        startWaiting(Awaited.TURN, mayCancel);
        return block();
    }

    /** {@code Thread.suspend}, and {@code suspend_then_resume} with another one to go on with. */
    boolean suspend(boolean mayCancel, Optional<GuestThread> next) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        suspended = true;
        startWaiting(Awaited.of(() -> !suspended), mayCancel);
        next.ifPresent(loop::switchNext);
        return block();
    }

    /** {@code yield_then_resume} */
    boolean yield(boolean mayCancel, GuestThread next) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        startWaiting(Awaited.TURN, mayCancel);
        loop.switchNext(next);
        return block();
    }

    /**
     * {@code Thread.wait_until}, for a thread that has nothing on its stack: the caller returns after this,
     * and when the thread goes on it takes the next step.
     */
    void waitUntil(Awaited condition, Step next) {
        step = next;
        if (task.deliverPendingCancel(true)) {
            next.run(true);
        } else {
            startWaiting(condition, true);
        }
    }

    private boolean block() {
        if (fiber.isPresent()) {
            fiber.get().block();
        } else {
            runSiblings();
        }
        return cancelled;
    }

    /**
     * A task of a function that is not asynchronous has its caller below it on the stack. Until it can go
     * on, other threads of its instance run on top of it ({@code canon_lift}).
     */
    private void runSiblings() {
        cancelled = false;
        runsSiblings = true;
        while (true) {
            GuestThread next =
                    loop.takeSwitch().or(() -> loop.readySibling(this)).orElseThrow(EventLoop::cannotBlock);
            if (next == this) {
                break;
            }
            next.resume(false);
        }
        runsSiblings = false;
        suspended = false;
        stopWaiting();
    }

    private void startWaiting(Awaited condition, boolean mayCancel) {
        awaited = condition;
        cancellable = mayCancel;
        waiting = true;
        waitsSince = loop.waits(this);
        loop.look(this);
        condition.begins(this);
    }

    private void stopWaiting() {
        if (waiting) {
            waiting = false;
            loop.waitsNoMore(this);
            awaited.ends(this);
        }
    }
}
