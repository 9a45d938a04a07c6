package dev.virga.plugin;

import dev.virga.engine.Limiter;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The components of a running workload, for a plugin to call. */
public interface Guests {

    /** Whether a component of the workload exports it. */
    boolean export(Handled<?> handled);

    /** Charged for what the plugin holds for the workload while no instance does. */
    Limiter limiter();

    /**
     * Calls the component that exports this interface, on an instance as the workload's settings say, within its
     * limits. Waits for its turn and for the result.
     *
     * @param call is given the instance's exports and the instance, for resources to hand to it; it must keep neither
     * @throws dev.virga.engine.Trap if the guest traps or takes too long
     * @throws PluginException.Unavailable if the workload stops, or as many calls as it may hold wait already
     */
    <I, R> R call(Handled<I> handled, Incoming cause, BiFunction<I, InstanceContext, R> call);

    /** As above, where the exports are enough. */
    default <I, R> R call(Handled<I> handled, Incoming cause, Function<I, R> call) {
        return call(handled, cause, (exports, _) -> call.apply(exports));
    }
}
