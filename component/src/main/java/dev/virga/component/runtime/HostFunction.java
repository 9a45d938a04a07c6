package dev.virga.component.runtime;

import dev.virga.component.CallTrace;
import dev.virga.component.ComponentException;
import dev.virga.component.abi.CanonicalAdapters;
import dev.virga.component.abi.Codec;
import dev.virga.component.type.FunctionType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A function of the host, bound to its component type once, whatever calls it later. */
public final class HostFunction {

    private static final MethodHandle APPLY;

    static {
        try {
            APPLY = MethodHandles.lookup()
                    .findVirtual(Function.class, "apply", MethodType.methodType(Object.class, Object.class))
                    .asType(MethodType.methodType(Object.class, Function.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FunctionType type;
    private final Implementation implementation;
    private final List<Codec> params;
    private final Optional<Codec> result;
    private final Supplier<MethodHandle> handle;
    private final boolean dynamic;
    private final Lazy<MethodHandle> lowered;
    private final Lazy<Values> values;
    private final Lazy<MethodHandle> generic;

    /**
     * A function on Java types of its own.
     *
     * @param handle {@code (Object implementation, carriers of params) → carrier of the result}, asked for
     *     at the first call: most of what a host offers is never called
     * @param implementation what the handle is called on, from an instance's data; one object for all
     *     functions of one interface
     */
    public HostFunction(
            FunctionType type,
            List<Codec> params,
            Optional<Codec> result,
            Supplier<MethodHandle> handle,
            Implementation implementation) {
        this(type, params, result, handle, implementation, false);
    }

    private HostFunction(
            FunctionType type,
            List<Codec> params,
            Optional<Codec> result,
            Supplier<MethodHandle> handle,
            Implementation implementation,
            boolean dynamic) {
        this.type = type;
        this.params = List.copyOf(params);
        this.result = result;
        this.handle = handle;
        this.implementation = implementation;
        this.dynamic = dynamic;
        this.values = new Lazy<>(() -> Values.of(params, result));
        this.generic = new Lazy<>(this::makeGeneric);
        this.lowered = new Lazy<>(
                () -> CanonicalAdapters.lower(params, result, Calls.toImplementation(handle.get())));
    }

    /** How values of an asynchronous function pass to and from a guest. */
    Values values() {
        return values.get();
    }

    /** Calls it on an implementation, with boxed values; without a result it gives null. */
    Object call(Object owner, Object[] arguments) {
        try {
            return (Object) generic.get().invokeExact(owner, arguments);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
    }

    private MethodHandle makeGeneric() {
        MethodHandle made = handle.get();
        int count = made.type().parameterCount();
        return made.asType(MethodType.genericMethodType(count)).asSpreader(Object[].class, count - 1);
    }

    /** A function on the dynamic mapping of values. */
    public static HostFunction dynamic(FunctionType type, Function<Object[], Object> body) {
        return onFunction(type, new Implementation((_, _) -> body), true);
    }

    /** The same, where what is called depends on the data of the instance that calls. */
    public static HostFunction ofInstance(FunctionType type, Function<Object, Function<Object[], Object>> target) {
        return onFunction(type, new Implementation((data, _) -> target.apply(data)), false);
    }

    /** @param implementation gives a {@code Function<Object[], Object>} */
    private static HostFunction onFunction(FunctionType type, Implementation implementation, boolean dynamic) {
        List<Codec> params = Types.dynamicParams(type);
        Optional<Codec> result = Types.dynamicResult(type);
        List<Class<?>> carriers = new ArrayList<>(List.of(Object.class));
        params.forEach(codec -> carriers.add(codec.carrier()));
        Class<?> returned = result.<Class<?>>map(Codec::carrier).orElse(void.class);
        Supplier<MethodHandle> handle = () ->
                APPLY.asCollector(Object[].class, params.size()).asType(MethodType.methodType(returned, carriers));
        return new HostFunction(type, params, result, handle, implementation, dynamic);
    }

    /** The same function, of whose calls a trace is told. */
    HostFunction traced(String name, CallTrace trace) {
        return new HostFunction(
                type, params, result, () -> TracedCalls.handle(name, trace, handle.get()), implementation, dynamic);
    }

    FunctionType type() {
        return type;
    }

    Implementation implementation() {
        return implementation;
    }

    /** {@code (LowerContext, core params) → core result} */
    MethodHandle lowered() {
        return lowered.get();
    }

    /** The same function, whoever calls it, on the data of this instance. */
    HostFunction on(Root owner) {
        return on(new Implementation((_, _) -> implementation.of(owner.data())));
    }

    /** The same function, called on what this import's name stands for. */
    HostFunction forImport(String name) {
        return on(implementation.forImport(name));
    }

    private HostFunction on(Implementation other) {
        return new HostFunction(type, params, result, handle, other, dynamic);
    }

    /** {@code (Root, carriers of params) → carrier of the result}, for an export that is the host's own function. */
    MethodHandle reexported() {
        if (!dynamic) {
            throw new ComponentException.Unsupported(
                    "an export that is one of the host's own functions cannot be called by the host");
        }
        MethodHandle made = handle.get().bindTo(implementation.of(null));
        return MethodHandles.dropArguments(made, 0, Root.class);
    }
}
