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
import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs scripts about components. */
final class ComponentMachine implements Machine<Component, ComponentMachine.Instance> {

    record Instance(PreparedComponent<Void> prepared, ComponentInstance live) {
        ExportedFunction function(Action action) {
            return prepared.function(action.field())
                    .orElseThrow(() -> new ScriptException("no function \"" + action.field() + "\" is exported"));
        }
    }

    private final Engine engine;
    private final ScriptHost host = new ScriptHost();
    private final Map<String, ComponentInstance> offered = new LinkedHashMap<>();
    private final List<ComponentInstance> instances = new ArrayList<>();

    ComponentMachine(Engine engine) {
        this.engine = engine;
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
        ComponentInstance live = prepared.instantiate(null, Limiter.UNLIMITED);
        synchronized (instances) {
            instances.add(live);
        }
        return new Instance(prepared, live);
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
            args[i] = ComponentValues.read(params.get(i).type(), action.args().get(i));
        }
        Object result = function.call(instance.live(), args);
        return function.type().result().isPresent() ? List.of(result) : List.of();
    }

    @Override
    public Optional<String> mismatch(
            Instance instance, Action action, List<Object> results, List<JsonNode> expected) {
        if (results.size() != expected.size()) {
            return Optional.of("expected " + expected.size() + " results, got " + results.size());
        }
        if (results.isEmpty()) {
            return Optional.empty();
        }
        ValueType type = instance.function(action).type().result().orElseThrow();
        JsonNode actual = ComponentValues.write(type, results.getFirst());
        JsonNode wanted = ComponentValues.write(type, ComponentValues.read(type, expected.getFirst()));
        return actual.equals(wanted) ? Optional.empty() : Optional.of("expected " + wanted + ", got " + actual);
    }

    /** The scripts' texts are wasmtime's own words; the specification gives none. */
    @Override
    public boolean isExpected(Trap trap, String text) {
        return trap.kind() != Trap.Kind.INTERRUPTED;
    }

    @Override
    public void interrupt(String reason) {
        synchronized (instances) {
            instances.forEach(instance -> instance.interrupt(reason));
        }
    }

    @Override
    public void close() {
        synchronized (instances) {
            instances.reversed().forEach(ComponentInstance::close);
            instances.clear();
        }
    }
}
