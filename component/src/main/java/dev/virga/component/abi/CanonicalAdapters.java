package dev.virga.component.abi;

import dev.virga.component.type.FunctionType;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** Method handles that turn component calls into core calls and back, specialised per function type. */
public final class CanonicalAdapters {

    private CanonicalAdapters() {}

    /** The core type of a lifted export or a lowered import ({@code flatten_functype}). */
    public static dev.virga.engine.FuncType flatten(FunctionType type, boolean lowered) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * For {@code canon lower}: from {@code target}, of type {@code (LiftLowerContext, carriers of
     * params) → carrier of the result}, makes {@code (LiftLowerContext, core params) → core result}.
     * The target gets the context that the adapter was called with: by it the runtime finds what is
     * to be called on behalf of this instance. Steps: {@code context.enter()}, lift the parameters,
     * call, lower the result, {@code context.exit()}.
     */
    public static MethodHandle lower(
            FunctionType type, List<Codec> params, Optional<Codec> result, MethodHandle target) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * For {@code canon lift}: makes {@code (LiftLowerContext, MethodHandle core, MethodHandle
     * postReturn, carriers of params) → carrier of the result}; {@code postReturn} may be null.
     * Steps: {@code context.enter()}, lower the parameters, call {@code core}, lift the result,
     * {@code context.returned()}, call {@code postReturn}, {@code context.exit()}.
     */
    public static MethodHandle lift(FunctionType type, List<Codec> params, Optional<Codec> result) {
        throw new UnsupportedOperationException("skeleton");
    }
}
