package dev.virga.component.validation;

import dev.virga.component.binary.AsyncCanon;
import dev.virga.component.binary.CanonDef;
import dev.virga.component.binary.CanonDef.Options;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.ValType;
import dev.virga.engine.ValType.Num;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Validates canonical definitions (CanonicalABI, "Canonical Definitions"). */
final class CanonValidator {

    private final TypeScope types;
    private final CoreSpace core;
    private final IndexSpace<FunctionType> funcs;
    private final Context context;
    private final AsyncCanonValidator async;
    private final Flattening flat32;
    private final Flattening flat64;
    /** The resource types defined here, with what represents them. */
    private final Map<ResourceType, ValType> local = new HashMap<>();

    CanonValidator(TypeScope types, CoreSpace core, IndexSpace<FunctionType> funcs) {
        this.types = types;
        this.core = core;
        this.funcs = funcs;
        this.context = types.context();
        this.flat32 = new Flattening(context, Num.I32);
        this.flat64 = new Flattening(context, Num.I64);
        this.async = new AsyncCanonValidator(types, core, this);
    }

    void define(ResourceType resource, ValType representation) {
        local.put(resource, representation);
    }

    void validate(CanonDef canon) {
        switch (canon) {
            case CanonDef.Lift lift -> lift(lift);
            case CanonDef.Lower lower -> core.funcs.add(lower(lower));
            case CanonDef.ResourceNew(int type) ->
                core.funcs.add(new FuncType(List.of(local(type)), List.of(Num.I32)));
            case CanonDef.ResourceRep(int type) ->
                core.funcs.add(new FuncType(List.of(Num.I32), List.of(local(type))));
            case CanonDef.ResourceDrop(int type) -> {
                types.resource(type);
                core.funcs.add(new FuncType(List.of(Num.I32), List.of()));
            }
            case AsyncCanon a -> core.funcs.add(async.type(a));
        }
    }

    private ValType local(int type) {
        ValType representation = local.get(types.resource(type));
        if (representation == null) {
            throw context.invalid("type index " + type + " is not a local resource");
        }
        return representation;
    }

    private void lift(CanonDef.Lift lift) {
        FunctionType type = adapted(types.function(lift.type()));
        FuncType found = core.funcs.get(lift.coreFunc());
        Options options = lift.options();
        Flattening flat = check(options);
        requireAsyncType(options, type);
        options.callback().ifPresent(f -> {
            if (!core.funcs.get(f).equals(new FuncType(List.of(Num.I32, Num.I32, Num.I32), List.of(Num.I32)))) {
                throw incorrect("callback");
            }
        });

        List<ValType> params = flat.flatten(parameters(type));
        boolean spilled = params.size() > Flattening.MAX_PARAMS;
        if (spilled) {
            params = List.of(flat.pointer());
        }
        requireRealloc(options, spilled || pointers(parameters(type)));

        List<ValType> results = flat.flatten(results(type));
        int most = options.async() ? Flattening.MAX_PARAMS : Flattening.MAX_RESULTS;
        requireMemory(options, results.size() > most || pointers(results(type)));
        if (options.async()) {
            results = options.callback().isPresent() ? List.of(Num.I32) : List.of();
        } else if (results.size() > Flattening.MAX_RESULTS) {
            results = List.of(flat.pointer());
        }

        if (!found.params().equals(params)) {
            throw context.invalid("lowered parameter types `" + params + "` do not match parameter types `"
                    + found.params() + "` of core function " + lift.coreFunc());
        }
        if (!found.results().equals(results)) {
            throw context.invalid("lowered result types `" + results + "` do not match result types `"
                    + found.results() + "` of core function " + lift.coreFunc());
        }
        options.postReturn().ifPresent(f -> {
            if (!core.funcs.get(f).equals(new FuncType(found.results(), List.of()))) {
                throw incorrect("post-return");
            }
        });
        funcs.add(type);
    }

    /** Charges what an adapter for this function will take: it is made for its type written out. */
    private FunctionType adapted(FunctionType type) {
        context.charge(context.info(type).size());
        return type;
    }

    private FuncType lower(CanonDef.Lower lower) {
        FunctionType type = adapted(funcs.get(lower.func()));
        Options options = lower.options();
        Flattening flat = check(options);
        requireLowering(options, "lowerings");
        requireAsyncType(options, type);
        requireRealloc(options, pointers(results(type)));
        return lowered(type, options, flat);
    }

    /** {@code flatten_functype($opts, $ft, 'lower')}, with the check that a memory is there where needed. */
    FuncType lowered(FunctionType type, Options options, Flattening flat) {
        List<ValType> params = new ArrayList<>(flat.flatten(parameters(type)));
        boolean memory = pointers(parameters(type));
        if (params.size() > (options.async() ? Flattening.MAX_ASYNC_PARAMS : Flattening.MAX_PARAMS)) {
            params = new ArrayList<>(List.of(flat.pointer()));
            memory = true;
        }
        List<ValType> results = flat.flatten(results(type));
        memory |= pointers(results(type));
        if (results.size() > (options.async() ? 0 : Flattening.MAX_RESULTS)) {
            params.add(flat.pointer());
            results = List.of();
            memory = true;
        }
        requireMemory(options, memory);
        return new FuncType(params, options.async() ? List.of(Num.I32) : results);
    }

    /** The rules that hold for all options; gives the flattening for their memory. */
    Flattening check(Options options) {
        Flattening flat = flat32;
        if (options.memory().isPresent()) {
            flat = flattening(options.memory().getAsInt());
        }
        if (options.realloc().isPresent()) {
            if (options.memory().isEmpty()) {
                throw context.invalid("canonical option `realloc` requires `memory` to also be specified");
            }
            ValType p = flat.pointer();
            if (!core.funcs.get(options.realloc().getAsInt()).equals(new FuncType(List.of(p, p, p, p), List.of(p)))) {
                throw incorrect("realloc");
            }
        }
        options.postReturn().ifPresent(core.funcs::get);
        options.callback().ifPresent(core.funcs::get);
        if (options.async() && options.postReturn().isPresent()) {
            throw context.invalid("cannot specify post-return function in async");
        }
        if (!options.async() && options.callback().isPresent()) {
            throw context.invalid("cannot specify callback without async");
        }
        return flat;
    }

    /** The flattening for a memory, which must be one that the Canonical ABI can use. */
    Flattening flattening(int memory) {
        MemoryType type = core.memories.get(memory);
        Limits limits = type.limits();
        if (type.shared()) {
            throw context.invalid("canonical option `memory`: a shared memory cannot be used");
        }
        return limits.is64() ? flat64 : flat32;
    }

    void requireLowering(Options options, String where) {
        if (options.postReturn().isPresent()) {
            throw context.invalid("canonical option `post-return` cannot be specified for " + where);
        }
        if (options.callback().isPresent()) {
            throw context.invalid("canonical option `callback` cannot be specified for " + where);
        }
    }

    private void requireAsyncType(Options options, FunctionType type) {
        if (options.async() && !type.async()) {
            throw context.invalid("the `async` canonical option requires an async function type");
        }
    }

    void requireMemory(Options options, boolean needed) {
        if (needed && options.memory().isEmpty()) {
            throw context.invalid("canonical option `memory` is required");
        }
    }

    void requireRealloc(Options options, boolean needed) {
        requireMemory(options, needed);
        if (needed && options.realloc().isEmpty()) {
            throw context.invalid("canonical option `realloc` is required");
        }
    }

    boolean pointers(List<ValueType> values) {
        return values.stream().anyMatch(v -> context.info(v).pointers());
    }

    private List<ValueType> parameters(FunctionType type) {
        context.charge(type.params().size());
        return type.params().stream().map(FunctionType.Param::type).toList();
    }

    private static List<ValueType> results(FunctionType type) {
        return type.result().stream().toList();
    }

    private RuntimeException incorrect(String option) {
        return context.invalid("canonical option `" + option + "` uses a core function with an incorrect signature");
    }
}
