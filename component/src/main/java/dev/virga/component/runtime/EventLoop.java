package dev.virga.component.runtime;

import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Who runs guest code in an instance, and what comes next ({@code Store} and its {@code tick} in the
 * Canonical ABI). It has no thread of its own: the host's threads that wait for something in the
 * instance run its tasks meanwhile, one at a time.
 */
final class EventLoop {

    private final Root root;
    /** Fair, so that who gives the turn away does not get it again before those who wait for it. */
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Signal changed = new Signal();

    /** The Java thread that has the turn. Others may see an older one, but never themselves by mistake. */
    private Thread runner;

    /** How many threads gave the turn away to wait for a change and have not got it back; changed in turn only. */
    private int sleepers;

    /** {@code current_thread}; null while no guest code runs. */
    private GuestThread current;

    /** The thread that the one which blocks now gives way to. */
    private Optional<GuestThread> switchNext = Optional.empty();

    private final Set<GuestThread> waiting = new LinkedHashSet<>();

    /** Those of them that may be able to go on. */
    private final TreeSet<GuestThread> candidates = new TreeSet<>(WaitQueue.LONGEST_FIRST);

    private long waits;
    private final Set<Fiber> fibers = new HashSet<>();
    private int tasks;

    /** What the host's threads have to say to the guest. */
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();

    /** The host's threads that work for the guest: each of them may wake it. */
    private final Set<Thread> operations = ConcurrentHashMap.newKeySet();

    /** Ends of streams and futures in the hands of the host: whoever has them may wake the guest. */
    private int hostEnds;

    private final Set<HostWriter> writers = new HashSet<>();

    /** Whether something happened that others may wait for, since they were last told. */
    private boolean progressed;

    EventLoop(Root root) {
        this.root = root;
    }

    /** Gets the turn, waiting while another thread has it. */
    void acquire() {
        if (isRunner()) {
            throw root.cannotEnter();
        }
        turn.lock();
        runner = Thread.currentThread();
    }

    void release() {
        progressed = true;
        giveAway();
    }

    /** @return how often something has changed by now */
    private int giveAway() {
        // who does not wait yet will look at everything again in its turn
        int count = progressed && sleepers > 0 ? changed.raise() : changed.count();
        progressed = false;
        runner = null;
        turn.unlock();
        return count;
    }

    /** Whether the calling thread runs the guest: a function of the host that the guest waits for. */
    boolean isRunner() {
        return runner == Thread.currentThread();
    }

    /** A fiber takes over, or gives back. */
    void runs(Thread thread) {
        runner = thread;
    }

    GuestThread current() {
        return current;
    }

    /** @return the one that ran before */
    GuestThread switchTo(GuestThread next) {
        GuestThread before = current;
        current = next;
        return before;
    }

    void switchNext(GuestThread thread) {
        switchNext = Optional.of(thread);
    }

    Optional<GuestThread> switchesTo() {
        return switchNext;
    }

    Optional<GuestThread> takeSwitch() {
        Optional<GuestThread> next = switchNext;
        switchNext = Optional.empty();
        return next;
    }

    /** @return the number of this wait */
    long waits(GuestThread thread) {
        waiting.add(thread);
        return waits++;
    }

    void waitsNoMore(GuestThread thread) {
        waiting.remove(thread);
        candidates.remove(thread);
    }

    /** One that waits may be able to go on. */
    void look(GuestThread thread) {
        candidates.add(thread);
    }

    void addTask() {
        root.quota().addTask();
        tasks++;
    }

    void removeTask() {
        root.quota().removeTask();
        tasks--;
    }

    Fiber newFiber(Runnable body) {
        Fiber fiber = new Fiber(this, body);
        root.quota().reserveStack();
        fibers.add(fiber);
        return fiber;
    }

    void ended(Fiber fiber) {
        fibers.remove(fiber);
        root.quota().releaseStack();
    }

    /** Has a thread of the host do something for the guest; it ends with a {@link #post}. */
    Thread begin(Runnable operation) {
        Thread thread = Thread.ofVirtual().name("virga-host-call").inheritInheritableThreadLocals(false).unstarted(operation);
        operations.add(thread);
        thread.start();
        return thread;
    }

    /** Says the last words of an operation: they are heard when the guest's turn comes. */
    void post(Runnable message) {
        messages.add(message);
        operations.remove(Thread.currentThread());
        changed.raise();
    }

    /** Has something done when the guest's turn comes, and does not wait for it. */
    void tell(Runnable message) {
        messages.add(message);
        changed.raise();
    }

    void addWriter(HostWriter writer) {
        writers.add(writer);
    }

    void removeWriter(HostWriter writer) {
        writers.remove(writer);
    }

    /** The host's streams and futures that a guest may still read. */
    List<HostWriter> writers() {
        return List.copyOf(writers);
    }

    void addHostEnd() {
        hostEnds++;
    }

    void removeHostEnd() {
        hostEnds--;
    }

    /** Wakes those who wait, for they may have to stop. */
    void interrupt() {
        changed.raise();
    }

    /**
     * Runs tasks until the condition holds or it is time to give up; the calling thread has the turn and gives
     * it away while there is nothing to run. If the thread is interrupted meanwhile, {@code cancel} runs once, and the
     * condition should hold soon after.
     *
     * @return whether the thread was interrupted
     * @throws Trap if nothing is left that could make it hold
     */
    boolean runUntil(BooleanSupplier condition, Deadline deadline, Runnable cancel) {
        boolean interrupted = false;
        boolean cancelled = false;
        while (true) {
            int seen = changed.count();
            // guest code would take the flag for an order to stop
            interrupted |= Thread.interrupted();
            // what is done is done, whatever befell the instance since
            if (!condition.getAsBoolean()) {
                root.checkUsable();
                hear();
            }
            if (condition.getAsBoolean() || deadline.passed()) {
                return interrupted;
            }
            if (interrupted && !cancelled) {
                cancelled = true;
                cancel.run();
                continue;
            }
            Optional<GuestThread> next = ready();
            if (next.isPresent()) {
                tick(next.get());
                letOthersIn();
            } else {
                await(seen, deadline);
            }
        }
    }

    /** Runs tasks until there are none, or until the thread is interrupted, which it stays. */
    void runAll() {
        boolean[] stop = new boolean[1];
        if (runUntil(() -> tasks == 0 || stop[0], Deadline.NEVER, () -> stop[0] = true)) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear() {
        for (Runnable message = messages.poll(); message != null; message = messages.poll()) {
            progressed = true;
            message.run();
        }
    }

    private Optional<GuestThread> ready() {
        while (!candidates.isEmpty()) {
            GuestThread thread = candidates.first();
            if (thread.isReady()) {
                return Optional.of(thread);
            }
            candidates.remove(thread);
            thread.passedOver();
        }
        return Optional.empty();
    }

    /**
     * The thread that goes on when this one blocks and the caller of their instance waits on the stack: one
     * of the same instance, itself included, that does not need to be the only one.
     */
    Optional<GuestThread> readySibling(GuestThread blocked) {
        for (GuestThread thread : waiting) {
            boolean sibling = thread.task.instance == blocked.task.instance
                    && thread.isRegistered()
                    && !thread.task.needsExclusive(thread);
            if ((thread == blocked || sibling) && thread.isReady()) {
                return Optional.of(thread);
            }
        }
        return Optional.empty();
    }

    static Trap cannotBlock() {
        return Waitable.trap("cannot block a synchronous task before returning");
    }

    private void tick(GuestThread thread) {
        progressed = true;
        GuestInstance[] entered = thread.task.instance.enteredByHost();
        root.enter(entered);
        thread.resume(false);
        root.leave(entered);
    }

    /** A task that always has something to do must not keep the host's other threads out. */
    private void letOthersIn() {
        if (progressed && sleepers > 0) {
            changed.raise();
            progressed = false;
        }
        if (turn.hasQueuedThreads()) {
            giveAway();
            acquire();
        }
    }

    /** Waits for the host's threads. */
    private void await(int seen, Deadline deadline) {
        boolean isOperation = operations.remove(Thread.currentThread());
        // who waits for the turn may bring what others wait for
        if (operations.isEmpty() && hostEnds == 0 && messages.isEmpty() && !turn.hasQueuedThreads()) {
            throw Waitable.trap("deadlock: every task waits, and nothing is left that could wake one");
        }
        boolean told = progressed;
        sleepers++;
        int now = giveAway();
        // what others said meanwhile has to be heard first
        boolean interrupted = now == (told ? seen + 1 : seen) && changed.await(now, deadline);
        acquire();
        sleepers--;
        if (isOperation) {
            operations.add(Thread.currentThread());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Unwinds all stacks and stops all operations; nothing runs here again. */
    void close() {
        List<Fiber> left = new ArrayList<>(fibers);
        fibers.clear();
        left.forEach(Fiber::abandon);
        waiting.clear();
        candidates.clear();
        operations.forEach(Thread::interrupt);
    }
}
