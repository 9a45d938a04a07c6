package dev.virga.host.workload;

import dev.virga.component.ComponentInstance;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.plugin.Closing;
import java.util.List;
import java.util.Optional;

/** An instance of a component with those that it needs, serving one call at a time. */
final class Instance implements AutoCloseable {

    private final WorkloadBudget budget;
    private final InstanceLimiter limiter;
    private final List<ComponentContext> contexts;
    private final Store store;
    private ComponentInstance instance;
    private int calls;
    private Optional<Caller> serving = Optional.empty();
    private boolean interrupted;

    Instance(
            WorkloadBudget budget, InstanceLimiter limiter, List<ComponentContext> contexts, Store store) {
        this.budget = budget;
        this.limiter = limiter;
        this.contexts = contexts;
        this.store = store;
    }

    /** Of the component that is called. */
    ComponentContext context() {
        return contexts.getLast();
    }

    boolean isStarted() {
        return instance != null;
    }

    ComponentInstance guest() {
        return instance;
    }

    /** Starts the guest: that may take for ever, and can be interrupted. */
    ComponentInstance start(PreparedComponent<List<ComponentContext>> prepared) {
        instance = prepared.instantiate(contexts, limiter, store);
        return instance;
    }

    synchronized void beginCall(Caller caller) {
        calls++;
        limiter.beginCall();
        contexts.forEach(context -> context.beginCall(caller));
        serving = Optional.of(caller);
    }

    /** @return whether it may serve another call, as far as interruptions go */
    synchronized boolean endCall() {
        serving = Optional.empty();
        contexts.forEach(ComponentContext::endCall);
        return !interrupted;
    }

    /** How many calls it has served. */
    int calls() {
        return calls;
    }

    /** Stops this caller's call, and no later one of somebody else. */
    synchronized void interrupt(Caller caller, String reason) {
        if (serving.filter(current -> current == caller).isPresent()) {
            interrupt(reason);
        }
    }

    /** Stops whatever it does; it serves no other call. */
    synchronized void interrupt(String reason) {
        interrupted = true;
        store.interrupt(reason);
    }

    @Override
    public void close() {
        try {
            closeGuest();
        } finally {
            try {
                Closing.all(contexts);
            } finally {
                budget.leave();
            }
        }
    }

    private void closeGuest() {
        try (store) {
            if (instance != null) {
                instance.close();
            }
        } catch (Trap e) {
            // what a guest leaves behind is closed in no order of its own, which is no fault of it
        }
    }
}
