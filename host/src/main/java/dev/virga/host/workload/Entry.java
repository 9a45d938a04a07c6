package dev.virga.host.workload;

import dev.virga.component.ComponentInstance;
import dev.virga.component.PreparedComponent;
import dev.virga.component.Watchdog;
import dev.virga.engine.Engine;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.host.workload.ComponentSetup.Reuse;
import dev.virga.plugin.InstanceContext;
import dev.virga.telemetry.ComponentTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A component that the host calls, linked with those that it needs. */
final class Entry implements AutoCloseable {

    /** A call that is stopped ends at its next tick or host call; only a host function that cannot be interrupted lasts. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final List<ComponentRuntime> components;
    private final PreparedComponent<List<ComponentContext>> prepared;
    private final Engine engine;
    private final Reuse reuse;
    private final CallLimits limits;
    private final WorkloadBudget budget;
    private final ComponentTelemetry telemetry;
    private final Semaphore turns;

    /** Warm instances that nobody uses, the last one used first: its memory is in the caches. */
    private final ConcurrentLinkedDeque<Instance> idle = new ConcurrentLinkedDeque<>();

    private final AtomicInteger idleCount = new AtomicInteger();
    private final Set<Instance> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param components in the order in which they are linked; the last one is called
     */
    Entry(
            List<ComponentRuntime> components,
            PreparedComponent<List<ComponentContext>> prepared,
            Engine engine,
            Reuse reuse,
            CallLimits limits,
            WorkloadBudget budget) {
        this.components = components;
        this.prepared = prepared;
        this.engine = engine;
        this.reuse = reuse;
        this.limits = limits;
        this.budget = budget;
        this.telemetry = components.getLast().telemetry().component(component());
        this.turns = new Semaphore(limits.instances());
    }

    PreparedComponent<List<ComponentContext>> prepared() {
        return prepared;
    }

    /** The most instances that it keeps for itself. */
    int kept() {
        return Math.max(1, reuse.poolSize());
    }

    /** How many calls are under way; an instance is back among the warm ones when its call counts no more. */
    int calls() {
        return limits.instances() - turns.availablePermits();
    }

    /** How long a call may take. */
    Duration callTime() {
        return limits.callTime();
    }

    String component() {
        return components.getLast().name();
    }

    /**
     * Calls an instance.
     *
     * @param patience how long it may wait for an instance
     * @param onInterrupt is told, before the guest runs, how to stop it
     * @param body is given the guest and what the host knows of it
     * @throws WorkloadException.Busy if there may be no instance for it in time
     */
    <R> R call(
            Caller caller,
            Duration patience,
            Consumer<Consumer<String>> onInterrupt,
            BiFunction<ComponentInstance, InstanceContext, R> body) {
        long end = System.nanoTime() + patience.toNanos();
        if (!WorkloadBudget.acquire(turns, patience)) {
            throw new WorkloadException.Busy("component " + component() + " is at " + limits.instances()
                    + " calls, as many as it takes at a time; to have it take more, raise virga.limits.instances");
        }
        try {
            Instance instance = take(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            boolean good = false;
            try {
                running.add(instance);
                checkOpen();
                instance.beginCall(caller);
                onInterrupt.accept(reason -> instance.interrupt(caller, reason));
                R result = body.apply(started(instance), instance.context());
                good = true;
                telemetry.called();
                return result;
            } catch (Trap e) {
                failed(e);
                throw e;
            } catch (RuntimeException | Error e) {
                telemetry.failed();
                throw e;
            } finally {
                end(instance, good);
            }
        } finally {
            turns.release();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new WorkloadException.Busy("the workload stops");
        }
    }

    private void end(Instance instance, boolean good) {
        running.remove(instance);
        boolean again = false;
        try {
            again = instance.endCall() && good;
        } finally {
            give(instance, again);
        }
    }

    private Instance take(Duration patience) {
        checkOpen();
        Instance warm = idle.pollFirst();
        if (warm == null) {
            return fresh(patience);
        }
        idleCount.decrementAndGet();
        return warm;
    }

    private Instance fresh(Duration patience) {
        budget.enter(patience);
        try {
            InstanceLimiter limiter = new InstanceLimiter(budget, limits, components.getLast().diagnostics());
            List<ComponentContext> contexts = new ArrayList<>(components.size());
            for (ComponentRuntime component : components) {
                contexts.add(new ComponentContext(component, limiter));
            }
            Store store = engine.newStore(limiter);
            return new Instance(budget, limiter, contexts, store);
        } catch (RuntimeException | Error e) {
            budget.leave();
            throw e;
        }
    }

    private void failed(Trap trap) {
        if (trap.kind() == Trap.Kind.INTERRUPTED) {
            telemetry.timedOut(trap);
        } else {
            telemetry.trapped(trap);
        }
    }

    private ComponentInstance started(Instance instance) {
        if (instance.isStarted()) {
            return instance.guest();
        }
        long begun = System.nanoTime();
        ComponentInstance guest = instance.start(prepared);
        telemetry.instanceCreated(System.nanoTime() - begun);
        return guest;
    }

    /** Back to the warm ones, if it may serve again and there is room. */
    private void give(Instance instance, boolean good) {
        boolean again = good && (reuse.maxInvocations() == 0 || instance.calls() < reuse.maxInvocations());
        if (again && idleCount.incrementAndGet() <= reuse.poolSize()) {
            idle.addFirst(instance);
            if (closed) {
                closeIdle();
            }
            return;
        }
        if (again) {
            idleCount.decrementAndGet();
        }
        discard(instance);
    }

    private void discard(Instance instance) {
        boolean counted = instance.isStarted();
        instance.close();
        if (counted) {
            telemetry.instanceClosed();
        }
    }

    /** Makes the warm instances, so that the first calls find them. */
    void warm() {
        while (!closed && idleCount.get() < reuse.poolSize()) {
            Instance instance = fresh(limits.callTime());
            boolean good = false;
            try (Watchdog watchdog = new Watchdog(limits.callTime(), () -> instance.interrupt(
                    "it took longer to start than a call may take, " + limits.callTime().toMillis() + " ms"))) {
                started(instance);
                good = true;
            } finally {
                end(instance, good);
            }
        }
    }

    private void closeIdle() {
        for (Instance next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            idleCount.decrementAndGet();
            discard(next);
        }
    }

    /** Takes no more calls, stops those under way, and returns when they have ended. */
    @Override
    public void close() {
        closed = true;
        running.forEach(instance -> instance.interrupt("the workload stops"));
        if (WorkloadBudget.acquire(turns, LAST_WORDS, limits.instances())) {
            turns.release(limits.instances());
        }
        closeIdle();
    }
}
