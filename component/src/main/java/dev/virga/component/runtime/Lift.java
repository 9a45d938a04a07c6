package dev.virga.component.runtime;

import dev.virga.component.abi.CanonicalAdapters;
import dev.virga.component.abi.Codec;
import dev.virga.component.abi.FlatCall;
import dev.virga.component.type.FunctionType;
import dev.virga.engine.ExternType;
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
    private final Lazy<ElementTypes.Key> resultType;
    private final Lazy<Values> passing;
    private final Lazy<MethodHandle> spread;
    private final Lazy<MethodHandle> spreadPostReturn;

    Lift(int instance, Item.Core core, Options options, FunctionType type, ElementTypes elements) {
        this.instance = instance;
        this.core = core;
        this.options = options;
        this.type = type;
        this.borrows = Types.containsBorrow(type);
        List<Codec> params = Types.passingParams(type);
        Optional<Codec> result = Types.passingResult(type);
        this.resultType = new Lazy<>(() -> elements.key(type.result()));
        this.passing = new Lazy<>(() -> Values.passing(type));
        this.spread = new Lazy<>(() -> spread(core));
        this.spreadPostReturn = new Lazy<>(() -> spread(options.postReturn().orElseThrow()));
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

    ElementTypes.Key resultType() {
        return resultType.get();
    }

    boolean borrows() {
        return borrows;
    }

    /** What another component's lowering of this function runs: {@code (LowerContext, core params) → core result}. */
    MethodHandle lowered() {
        return lowered.get();
    }

    /** How values of an asynchronous function pass to and from another component. */
    Values passing() {
        return passing.get();
    }

    /** Calls a core function of the lifted one's type: {@code (MethodHandle, long[]) → long}. */
    MethodHandle spread() {
        return spread.get();
    }

    /** The same for post-return. */
    MethodHandle spreadPostReturn() {
        return spreadPostReturn.get();
    }

    private static MethodHandle spread(Item.Core function) {
        return FlatCall.spread(((ExternType.Func) function.type()).type());
    }

    /** Makes {@code (LiftContext, carriers of params) → carrier of the result}. */
    MethodHandle handle(List<Codec> params, Optional<Codec> result) {
        return Calls.lifted(CanonicalAdapters.lift(params, result));
    }
}
