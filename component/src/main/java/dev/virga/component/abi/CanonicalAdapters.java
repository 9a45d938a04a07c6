package dev.virga.component.abi;

import dev.virga.component.type.FunctionType;
import dev.virga.engine.FuncType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Method handles that turn component calls into core calls and back, specialised per function type. */
public final class CanonicalAdapters {

    private CanonicalAdapters() {}

    /**
     * The core type of a lifted export or a lowered import ({@code flatten_functype}).
     *
     * @throws dev.virga.component.ComponentException.Unsupported if the type is too large for Virga
     */
    public static FuncType flatten(FunctionType type, boolean lowered) {
        return Signature.of(type).core(lowered);
    }

    /** The core type of an import lowered with the option {@code async}. */
    public static FuncType flattenAsyncLowered(FunctionType type) {
        return Signature.of(type).coreAsyncLowered();
    }

    /** The core type of an export lifted with the option {@code async}, and {@code callback} or not. */
    public static FuncType flattenAsyncLifted(FunctionType type, boolean callback) {
        return Signature.of(type).coreAsyncLifted(callback);
    }

    /**
     * For {@code canon lower}: from {@code target}, of type {@code (LiftLowerContext, carriers of
     * params) → carrier of the result}, makes {@code (LiftLowerContext, core params) → core result}.
     * The target gets the context that the adapter was called with: by it the runtime finds what is
     * to be called on behalf of this instance. Steps: {@code context.enter()}, lift the parameters,
     * call, lower the result, {@code context.exit()}.
     */
    public static MethodHandle lower(List<Codec> params, Optional<Codec> result, MethodHandle target) {
        Signature signature = Signature.of(params, result);
        List<Class<?>> targetParams = new ArrayList<>(List.of(LiftLowerContext.class));
        params.forEach(param -> targetParams.add(AdapterClass.erased(param)));
        MethodType targetType =
                MethodType.methodType(result.<Class<?>>map(AdapterClass::erased).orElse(void.class), targetParams);
        MethodType core = signature.core(true).methodType();
        return new LowerAdapter(signature, params, result, target.asType(targetType))
                .define(core.insertParameterTypes(0, LiftLowerContext.class));
    }

    /**
     * For {@code canon lift}: makes {@code (LiftLowerContext, MethodHandle core, MethodHandle
     * postReturn, carriers of params) → carrier of the result}; {@code postReturn} may be null.
     * Steps: {@code context.enter()}, lower the parameters, call {@code core}, lift the result,
     * {@code context.returned()}, call {@code postReturn}, {@code context.exit()}.
     */
    public static MethodHandle lift(List<Codec> params, Optional<Codec> result) {
        Signature signature = Signature.of(params, result);
        MethodType carriers = MethodType.methodType(
                result.<Class<?>>map(Codec::carrier).orElse(void.class),
                params.stream().<Class<?>>map(Codec::carrier).toList());
        MethodType adapter = carriers.insertParameterTypes(
                0, LiftLowerContext.class, MethodHandle.class, MethodHandle.class);
        return new LiftAdapter(signature, params, result).define(adapter.erase()
                        .changeParameterType(0, LiftLowerContext.class)
                        .changeParameterType(1, MethodHandle.class)
                        .changeParameterType(2, MethodHandle.class))
                .asType(adapter);
    }
}
