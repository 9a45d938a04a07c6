package dev.virga.component;

import dev.virga.component.runtime.Item;
import dev.virga.component.runtime.Names;
import dev.virga.component.runtime.Plan;
import dev.virga.component.runtime.Root;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** A component with its imports resolved: ready to be instantiated many times. */
public final class PreparedComponent<T> {

    private final Engine engine;
    private final Plan plan;
    private final int handleLimit;

    /** Those asked for, by identity: each makes its adapters once. */
    private final Map<Item, ExportedFunction> functions = Collections.synchronizedMap(new IdentityHashMap<>());

    PreparedComponent(Engine engine, Plan plan, int handleLimit) {
        this.engine = engine;
        this.plan = plan;
        this.handleLimit = handleLimit;
    }

    /**
     * Makes an instance, with a store of its own.
     *
     * @throws dev.virga.engine.Trap if the guest traps while it starts
     */
    public ComponentInstance instantiate(T data, Limiter limiter) {
        return instantiate(data, limiter, engine.newStore(limiter));
    }

    /**
     * Makes an instance in this new store, which {@link Store#interrupt} can stop from the beginning:
     * a guest may run for ever while it starts. The instance owns the store.
     *
     * @throws dev.virga.engine.Trap if the guest traps while it starts
     */
    public ComponentInstance instantiate(T data, Limiter limiter, Store store) {
        return new ComponentInstance(new Root(plan, store, data, limiter, handleLimit));
    }

    /**
     * An exported function, found once and callable on every instance.
     *
     * @param path names from the outside in: {@code ("run")} or {@code ("wasi:cli/run@0.2.0", "run")};
     *     versions match by semver
     */
    public Optional<ExportedFunction> function(String... path) {
        Map<String, Item> exports = plan.exports();
        for (String name : Arrays.copyOf(path, path.length - 1)) {
            if (!(Names.find(exports, name).orElse(null) instanceof Item.Instance(Map<String, Item> inner))) {
                return Optional.empty();
            }
            exports = inner;
        }
        return Names.find(exports, path[path.length - 1])
                .filter(Item.Func.class::isInstance)
                .map(item -> functions.computeIfAbsent(item, i -> new ExportedFunction(plan, (Item.Func) i)));
    }

    /**
     * An exported interface as a Java interface, for all instances: what each method calls is found here,
     * nothing is looked up or boxed when it is called.
     *
     * <p>Names and values are as {@link HostInterface} says. Each abstract method needs a function; not each
     * function needs a method. A resource is a {@link GuestResource}, or a Java interface of its own: its
     * methods are those of the resource, and {@code close} lets go of it.
     *
     * @param name of the interface that the component exports; versions match by semver
     * @throws IllegalArgumentException if there is no such interface, or listing the methods that do not fit
     */
    public <I> ExportedInterface<I> exported(String name, Class<I> api) {
        return Names.find(plan.exports(), name)
                .filter(Item.Instance.class::isInstance)
                .map(item -> new ExportedInterface<>(plan, ((Item.Instance) item).exports(), api))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the component exports no interface " + name + "; it exports " + plan.exports().keySet()));
    }

    /** The functions that the component exports by themselves as a Java interface, as {@link #exported(String, Class)} says. */
    public <I> ExportedInterface<I> exported(Class<I> api) {
        return new ExportedInterface<>(plan, plan.exports(), api);
    }
}
