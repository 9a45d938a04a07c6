package dev.virga.component.runtime;

import dev.virga.component.abi.CanonicalAdapters;
import dev.virga.component.abi.Codec;
import dev.virga.component.type.FunctionType;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** A function that a {@code canon lift} definition makes, the same for all instances of the plan. */
final class Lift {

    private final int instance;
    private final Item.Core core;
    private final Options options;
    private final FunctionType type;
    private final boolean borrows;
    private final Lazy<MethodHandle> lowered;

    Lift(int instance, Item.Core core, Options options, FunctionType type) {
        this.instance = instance;
        this.core = core;
        this.options = options;
        this.type = type;
        this.borrows = Types.containsBorrow(type);
        List<Codec> params = Types.passingParams(type);
        Optional<Codec> result = Types.passingResult(type);
        this.lowered = new Lazy<>(
                () -> CanonicalAdapters.lower(params, result, Calls.toCallee(handle(params, result))));
    }

    /** The component instance that implements the function. */
    int instance() {
        return instance;
    }

    Item.Core core() {
        return core;
    }

    Options options() {
        return options;
    }

    FunctionType type() {
        return type;
    }

    boolean borrows() {
        return borrows;
    }

    /** What another component's lowering of this function runs: {@code (LowerContext, core params) → core result}. */
    MethodHandle lowered() {
        return lowered.get();
    }

    /** Makes {@code (LiftContext, carriers of params) → carrier of the result}. */
    MethodHandle handle(List<Codec> params, Optional<Codec> result) {
        return Calls.lifted(CanonicalAdapters.lift(params, result));
    }
}
