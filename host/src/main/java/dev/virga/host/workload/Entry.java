package dev.virga.host.workload;

import dev.virga.component.ComponentInstance;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Engine;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.host.workload.ComponentSetup.Reuse;
import dev.virga.plugin.InstanceContext;
import dev.virga.telemetry.ComponentTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A component that the host calls, linked with those that it needs. */
final class Entry implements AutoCloseable {

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
     * @param onInterrupt is told, before the guest runs, how to stop it
     * @param body is given the guest and what the host knows of it
     * @throws WorkloadException.Busy if there may be no instance for it in time
     */
    <R> R call(
            Caller caller,
            Consumer<Consumer<String>> onInterrupt,
            BiFunction<ComponentInstance, InstanceContext, R> body) {
        return call(caller, limits.callTime(), onInterrupt, body);
    }

    /** @param patience how long to wait for an instance */
    <R> R call(
            Caller caller,
            Duration patience,
            Consumer<Consumer<String>> onInterrupt,
            BiFunction<ComponentInstance, InstanceContext, R> body) {
        if (closed) {
            throw new WorkloadException.Busy("the workload stops");
        }
        budget.await(turns, patience);
        boolean good = false;
        try {
            Instance instance = take();
            try {
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
                good &= instance.endCall();
                give(instance, good);
            }
        } finally {
            turns.release();
        }
    }

    private Instance take() {
        Instance warm = idle.pollFirst();
        if (warm == null) {
            return fresh();
        }
        idleCount.decrementAndGet();
        return warm;
    }

    private Instance fresh() {
        budget.enter(limits.callTime());
        try {
            InstanceLimiter limiter = new InstanceLimiter(budget, limits);
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
            telemetry.timedOut();
        } else {
            telemetry.trapped();
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
        while (idleCount.get() < reuse.poolSize()) {
            Instance instance = fresh();
            boolean good = false;
            try {
                started(instance);
                good = true;
            } finally {
                give(instance, good);
            }
        }
    }

    private void closeIdle() {
        for (Instance next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            idleCount.decrementAndGet();
            discard(next);
        }
    }

    /** Takes no more calls; those under way end by themselves. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
