package dev.virga.plugin.testkit;

import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.ExportedInterface;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Guests;
import dev.virga.plugin.Handled;
import dev.virga.plugin.Incoming;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.WorkloadName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A workload of one component, of which each call gets a new instance. Closes its bindings. */
public final class TestWorkload implements Guests, AutoCloseable {

    /** What an instance was granted or refused, as the audit log would have it. */
    final List<String> audit = new CopyOnWriteArrayList<>();

    /** What its instances logged. */
    final List<String> log = new CopyOnWriteArrayList<>();

    /** The calls of backends that have ended. */
    final List<String> spans = new CopyOnWriteArrayList<>();

    private final Set<ComponentInstance> running = ConcurrentHashMap.newKeySet();
    private final WorkloadName name;
    private final PreparedComponent<TestInstance> prepared;
    private final Engine engine;
    private final Map<Grant, Binding> bindings = new LinkedHashMap<>();
    private final ChargedLimiter limiter = new ChargedLimiter();

    TestWorkload(
            WorkloadName name,
            PreparedComponent<TestInstance> prepared,
            Engine engine,
            Plugin plugin,
            List<Grant> grants) {
        this.name = name;
        this.prepared = prepared;
        this.engine = engine;
        grants.forEach(grant -> bindings.put(grant, plugin.bind(grant)));
    }

    void start() {
        try {
            bindings.values().forEach(binding -> binding.start(this));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Calls a function on a new instance; values are as {@link ExportedFunction#call} says. */
    public Object call(List<String> path, Object... arguments) {
        ExportedFunction function = prepared.function(path.toArray(String[]::new)).orElseThrow();
        return onInstance(Map.of(), (instance, _) -> function.call(instance, arguments));
    }

    @Override
    public boolean export(Handled<?> handled) {
        try {
            prepared.exported(handled.name(), handled.api());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Limiter limiter() {
        return limiter;
    }

    @Override
    public <I, R> R call(Handled<I> handled, Incoming cause, BiFunction<I, InstanceContext, R> call) {
        ExportedInterface<I> exported = prepared.exported(handled.name(), handled.api());
        return onInstance(cause.context(), (instance, data) -> call.apply(exported.of(instance), data));
    }

    private <R> R onInstance(Map<String, String> trace, BiFunction<ComponentInstance, InstanceContext, R> call) {
        try (TestInstance data = new TestInstance(name, bindings, trace, audit, log, spans);
                Store store = engine.newStore(data.limiter());
                ComponentInstance instance = prepared.instantiate(data, data.limiter(), store)) {
            running.add(instance);
            try {
                return call.apply(instance, data);
            } finally {
                running.remove(instance);
            }
        }
    }

    /** Stops the calls that run now, as a deadline does. */
    public void interrupt(String reason) {
        running.forEach(instance -> instance.interrupt(reason));
    }

    /** Lines {@code used …} and {@code refused …}. */
    public List<String> audit() {
        return List.copyOf(audit);
    }

    /** Lines {@code LEVEL context: message}. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** The calls of backends that have ended: {@code SYSTEM OPERATION NAMESPACE}, and {@code : TYPE} if it failed. */
    public List<String> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        List<Binding> all = new ArrayList<>(bindings.values());
        all.reversed().forEach(Binding::close);
        limiter.checkAllReleased();
    }
}
