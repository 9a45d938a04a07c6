package dev.virga.component;

import dev.virga.component.runtime.HostFunction;
import dev.virga.component.runtime.HostResources;
import dev.virga.component.runtime.Imports;
import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.runtime.Item;
import dev.virga.component.runtime.Plan;
import dev.virga.component.runtime.Planner;
import dev.virga.component.runtime.TracedCalls;
import dev.virga.engine.CoreModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host offers to components. Imports are matched by name, and interfaces with versions by
 * semver: an import of {@code wasi:io/poll@0.2.0} is met by an offer of {@code 0.2.12} and the
 * other way round (Explainer, "Canonical Interface Name"). What is offered later under a name takes
 * the place of what was offered before.
 *
 * @param <T> the host's data of one instance; host functions get at it
 */
public final class Linker<T> {

    private static final int DEFAULT_HANDLE_LIMIT = 1 << 20;

    private final int handleLimit;
    private final HostResources resources;
    private final Map<String, Item> offers = new LinkedHashMap<>();

    public Linker() {
        this(DEFAULT_HANDLE_LIMIT);
    }

    /**
     * @param handleLimit how many handles all components of one instance may hold together; the
     *     default of {@link #Linker()} is 1,048,576. One more traps.
     */
    public Linker(int handleLimit) {
        this.handleLimit = handleLimit;
        this.resources = new HostResources();
    }

    /** Offers what another one does at this time, with the same resource types. */
    public Linker(Linker<T> other) {
        this.handleLimit = other.handleLimit;
        this.resources = other.resources;
        this.offers.putAll(other.offers);
    }

    /** Tells a trace of each call of a function of the host that was offered before this. */
    public Linker<T> trace(CallTrace trace) {
        offers.replaceAll((name, item) -> TracedCalls.of(name, item, trace));
        return this;
    }

    /** Offers a WIT interface that Java code implements. */
    public Linker<T> define(HostInterface<T> offered) {
        offers.put(offered.name(), offered.bind(resources));
        return this;
    }

    /** Offers a core module under a name. */
    public Linker<T> define(String name, CoreModule module) {
        return define(name, new Offer.Module(module));
    }

    /** Offers the exports of an instance under a name. The instance must outlive those that import it. */
    public Linker<T> define(String name, ComponentInstance instance) {
        offers.put(name, instance.offered());
        return this;
    }

    /** Offers anything else under a name. */
    public Linker<T> define(String name, Offer offer) {
        offers.put(name, item(offer));
        return this;
    }

    private static Item item(Offer offer) {
        return switch (offer) {
            case Offer.Func(var type, var body) -> new Item.Host(HostFunction.dynamic(type, body));
            case Offer.InstanceFunc(var type, var target) -> new Item.Host(HostFunction.ofInstance(type, target));
            case Offer.Module(CoreModule module) -> new Item.Module(module);
            case Offer.Resource(var type) -> Item.Type.of(type);
            case Offer.Subcomponent(Component component) -> item(component);
            case Offer.Instance(Map<String, Offer> exports) -> {
                Map<String, Item> items = new LinkedHashMap<>();
                exports.forEach((name, export) -> items.put(name, item(export)));
                yield new Item.Instance(items);
            }
        };
    }

    private static Item.Component item(Component component) {
        return new Item.Component(
                component.binary(), component::coreModule, Optional.of(component.type()), Optional.empty());
    }

    /**
     * Resolves and type-checks every import and computes how to instantiate.
     *
     * @throws ComponentException.Link listing every import that is unmet, with what would meet it
     * @throws ComponentException.Unsupported naming a feature that the component uses and Virga lacks
     */
    public PreparedComponent<T> prepare(Component component) {
        Map<String, Item> imports = Imports.resolve(component.type(), component.binary(), offers);
        return new PreparedComponent<>(component.engine(), Planner.plan(item(component), imports), handleLimit);
    }

    /**
     * Links components to each other: each import is met by an export of a component before it, else by what is
     * offered here. The last one's exports are those of the whole, of which an instance is one store with one
     * instance of each. Its data is a list with the data of each component, in the same order.
     *
     * @param components at least one; all of one engine
     * @throws ComponentException.Link listing every import of a component that is unmet
     * @throws ComponentException.Unsupported naming a feature that a component uses and Virga lacks
     */
    public PreparedComponent<List<T>> prepare(List<Component> components) {
        Plan plan = Planner.plan(components.stream().map(Linker::item).toList(), (component, exports) -> {
            Map<String, Item> all = new LinkedHashMap<>(offers);
            exports.forEach((name, item) -> {
                String canonical = new InterfaceName(name).canonical();
                all.keySet().removeIf(offered -> new InterfaceName(offered).canonical().equals(canonical));
                all.put(name, item);
            });
            return Imports.resolve(component.type().orElseThrow(), component.binary(), all);
        });
        return new PreparedComponent<>(components.getLast().engine(), plan, handleLimit);
    }
}
