package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.cli.conformance.Command.Action;
import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs scripts about components. */
final class ComponentMachine implements Machine<Component, ComponentMachine.Instance> {

    record Instance(PreparedComponent<Void> prepared, ComponentInstance live) {
        ExportedFunction function(Action action) {
            return prepared.function(action.field())
                    .orElseThrow(() -> new ScriptException("no function \"" + action.field() + "\" is exported"));
        }
    }

    private final Engine engine;
    private final Limiter limiter;
    private final ScriptHost host = new ScriptHost();
    private final Map<String, ComponentInstance> offered = new LinkedHashMap<>();
    private final List<ComponentInstance> instances = new ArrayList<>();
    /** Instances that others may have imported. */
    private final Set<ComponentInstance> imported = new HashSet<>();
    /** Where instances are or are being made, to stop them. */
    private final List<Store> stores = new ArrayList<>();
    private Optional<String> interrupted = Optional.empty();

    ComponentMachine(Engine engine, Limiter limiter) {
        this.engine = engine;
        this.limiter = limiter;
    }

    @Override
    public Component define(byte[] binary) {
        return Component.load(engine, binary);
    }

    @Override
    public Instance instantiate(Component component) {
        Linker<Void> linker = new Linker<>();
        host.offer(linker, engine);
        offered.forEach(linker::define);
        PreparedComponent<Void> prepared = linker.prepare(component);
        if (!component.type().imports().isEmpty()) {
            imported.addAll(offered.values());
        }
        ComponentInstance live = prepared.instantiate(null, limiter, newStore());
        instances.add(live);
        return new Instance(prepared, live);
    }

    private synchronized Store newStore() {
        Store store = engine.newStore(limiter);
        stores.add(store);
        interrupted.ifPresent(store::interrupt);
        return store;
    }

    /** Scripts make instances by the dozen that each take all the memory that they can. */
    @Override
    public void release(Instance instance) {
        ComponentInstance live = instance.live();
        if (!imported.contains(live)) {
            offered.values().removeIf(live::equals);
            instances.remove(live);
            live.close();
        }
    }

    @Override
    public void offer(String name, Instance instance) {
        offered.put(name, instance.live());
    }

    /** Later components import named instances by their names, as in wasmtime's runner. */
    @Override
    public boolean offersNamed() {
        return true;
    }

    @Override
    public List<Object> perform(Instance instance, Action action) {
        ExportedFunction function = instance.function(action);
        List<FunctionType.Param> params = function.type().params();
        if (params.size() != action.args().size()) {
            throw new ScriptException("takes " + params.size() + " arguments, given " + action.args().size());
        }
        Object[] args = new Object[params.size()];
        for (int i = 0; i < args.length; i++) {
            args[i] = ComponentValueReader.read(params.get(i).type(), action.args().get(i));
        }
        Object result = function.call(instance.live(), args);
        return function.type().result().isPresent() ? List.of(result) : List.of();
    }

    @Override
    public Optional<Difference> mismatch(
            Instance instance, Action action, List<Object> results, List<JsonNode> expected) {
        if (results.size() != expected.size()) {
            return Optional.of(new Difference(expected.size() + " results", results.size() + " results"));
        }
        if (results.isEmpty()) {
            return Optional.empty();
        }
        ValueType type = instance.function(action).type().result().orElseThrow();
        JsonNode actual = ComponentValueWriter.write(type, results.getFirst());
        JsonNode wanted = ComponentValueWriter.write(type, ComponentValueReader.read(type, expected.getFirst()));
        return actual.equals(wanted)
                ? Optional.empty()
                : Optional.of(new Difference(wanted.toString(), actual.toString()));
    }

    /**
     * The scripts' texts are wasmtime's own words, and the specification gives none: any trap will do, but one
     * of our own limits.
     */
    @Override
    public boolean isExpected(Trap trap, String text) {
        return trap.kind() != Trap.Kind.INTERRUPTED && trap.kind() != Trap.Kind.OUT_OF_MEMORY;
    }

    @Override
    public synchronized void interrupt(String reason) {
        interrupted = Optional.of(reason);
        stores.forEach(store -> store.interrupt(reason));
    }

    @Override
    public void close() {
        instances.reversed().forEach(ComponentInstance::close);
        instances.clear();
    }
}
