package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.cli.conformance.Command.Action;
import dev.virga.engine.CoreInstance;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs scripts about core modules, all of one script in one store. */
final class CoreMachine implements Machine<CoreModule, CoreMachine.Instance> {

    record Instance(ModuleType type, CoreInstance core) {
        Optional<Extern> export(String name) {
            OptionalInt index = type.exportIndex(name);
            return index.isPresent() ? Optional.of(core.export(index.getAsInt())) : Optional.empty();
        }
    }

    private final Engine engine;
    private final Store store;
    private final Map<String, Extern> spectest;
    private final Map<String, Instance> registered = new HashMap<>();

    CoreMachine(Engine engine, Limiter limiter) {
        this.engine = engine;
        store = engine.newStore(limiter);
        spectest = SpecTest.externs(store);
    }

    @Override
    public CoreModule define(byte[] binary) {
        return engine.compile(binary);
    }

    @Override
    public Instance instantiate(CoreModule module) {
        List<Extern> imports = new ArrayList<>();
        for (ModuleType.Import wanted : module.type().imports()) {
            imports.add(resolve(wanted)
                    .orElseThrow(() -> new ModuleException.Link(
                            "unknown import: " + wanted.module() + "." + wanted.name())));
        }
        return new Instance(module.type(), module.instantiate(store, imports));
    }

    private Optional<Extern> resolve(ModuleType.Import wanted) {
        return wanted.module().equals("spectest")
                ? Optional.ofNullable(spectest.get(wanted.name()))
                : Optional.ofNullable(registered.get(wanted.module())).flatMap(i -> i.export(wanted.name()));
    }

    @Override
    public void offer(String name, Instance instance) {
        registered.put(name, instance);
    }

    /** What is in a store stays there. */
    @Override
    public void release(Instance instance) {}

    @Override
    public boolean offersNamed() {
        return false;
    }

    @Override
    public List<Object> perform(Instance instance, Action action) {
        Extern export = instance.export(action.field())
                .orElseThrow(() -> new ScriptException("no export \"" + action.field() + "\""));
        return switch (export) {
            case Extern.Global global when action.get() -> List.of(global.get());
            case Extern.Func func when !action.get() -> call(func, action.args());
            default -> throw new ScriptException("\"" + action.field() + "\" is another kind of export");
        };
    }

    private static List<Object> call(Extern.Func func, List<JsonNode> args) {
        FuncType type = func.type();
        if (args.size() != type.params().size()) {
            throw new ScriptException("takes " + type.params().size() + " arguments, given " + args.size());
        }
        Object result;
        try {
            result = func.handle().invokeWithArguments(args.stream().map(CoreValues::read).toArray());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ScriptException("unexpected " + e);
        }
        List<Object> results = new ArrayList<>();
        switch (type.results().size()) {
            case 0 -> {}
            case 1 -> results.add(result);
            default -> results.addAll(java.util.Arrays.asList((Object[]) result));
        }
        return results;
    }

    @Override
    public Optional<Difference> mismatch(
            Instance instance, Action action, List<Object> results, List<JsonNode> expected) {
        if (results.size() != expected.size()) {
            return Optional.of(new Difference(expected.size() + " results", results.size() + " results"));
        }
        for (int i = 0; i < results.size(); i++) {
            if (!CoreValues.matches(results.get(i), expected.get(i))) {
                return Optional.of(new Difference(expected.get(i).toString(), CoreValues.show(results.get(i))));
            }
        }
        return Optional.empty();
    }

    /** The suite's wording is that of {@link Trap.Kind}, at times with more words or a narrower one. */
    @Override
    public boolean isExpected(Trap trap, String text) {
        String kind = trap.kind().text();
        return text.startsWith(kind)
                || kind.equals(Trap.Kind.NULL_REFERENCE.text()) && text.matches("null .*reference");
    }

    @Override
    public void interrupt(String reason) {
        store.interrupt(reason);
    }

    @Override
    public void close() {
        store.close();
    }
}
