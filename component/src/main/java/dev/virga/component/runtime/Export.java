package dev.virga.component.runtime;

import static java.lang.invoke.MethodType.genericMethodType;
import static java.lang.invoke.MethodType.methodType;

import dev.virga.component.abi.Codec;
import dev.virga.component.abi.ResourceViews;
import dev.virga.component.type.FunctionType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A function exported by a plan's root, called by the host. */
public final class Export {

    private static final MethodHandle FAILED;
    private static final MethodHandle ACQUIRE;
    private static final MethodHandle RELEASE;
    private static final MethodHandle MADE_BY;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            FAILED = lookup.findStatic(
                    Export.class, "failed", methodType(RuntimeException.class, Throwable.class, Root.class));
            ACQUIRE = lookup.findVirtual(Root.class, "acquire", methodType(Root.class));
            RELEASE = lookup.findVirtual(Root.class, "release", methodType(void.class));
            MADE_BY = lookup.findStatic(Export.class, "madeBy", methodType(Root.class, Plan.class, Root.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Plan plan;
    private final Item.Func function;
    private final Lazy<MethodHandle> dynamic;

    public Export(Plan plan, Item.Func function) {
        this.plan = plan;
        this.function = function;
        this.dynamic = new Lazy<>(this::makeDynamic);
    }

    public FunctionType type() {
        return function.type();
    }

    /** Calls on the dynamic mapping of values. */
    public Object call(Root root, Object... arguments) {
        if (arguments.length != type().params().size()) {
            throw new IllegalArgumentException("the function takes " + type().params().size() + " arguments, not "
                    + arguments.length);
        }
        try {
            return dynamic.get().invokeExact(root, arguments);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
    }

    /** {@code (Root, Object[]) → Object} */
    private MethodHandle makeDynamic() {
        MethodHandle handle = guarded(Types.dynamicParams(type()), Types.dynamicResult(type()));
        int count = type().params().size();
        return handle.asType(genericMethodType(count + 1).changeParameterType(0, Root.class))
                .asSpreader(Object[].class, count);
    }

    /** {@code (Root, parameters) → result} */
    public MethodHandle handle(Type result, List<Type> parameters) {
        return handle(result, parameters, ResourceViews.NONE);
    }

    /** The same with Java interfaces for the guest's resources. */
    MethodHandle handle(Type result, List<Type> parameters, ResourceViews views) {
        List<FunctionType.Param> params = type().params();
        if (parameters.size() != params.size()) {
            throw new IllegalArgumentException(
                    "the function takes " + params.size() + " parameters, not " + parameters.size());
        }
        if (type().result().isEmpty() != (result == void.class)) {
            throw new IllegalArgumentException(
                    type().result().isEmpty() ? "the function has no result" : "the function has a result");
        }
        List<Codec> codecs = new ArrayList<>();
        for (int i = 0; i < params.size(); i++) {
            codecs.add(Codec.of(params.get(i).type(), parameters.get(i), views));
        }
        return guarded(codecs, type().result().map(r -> Codec.of(r, result, views)));
    }

    /** The function, poisoning the instance when anything is thrown. */
    private MethodHandle guarded(List<Codec> params, Optional<Codec> result) {
        MethodHandle handle = switch (function) {
            case Item.Lifted(int index, FunctionType _) -> lifted(index, params, result);
            // it runs no guest of this instance, and needs no turn
            case Item.Host(HostFunction host) -> host.reexported();
        };
        return MethodHandles.filterArguments(handle, 0, MADE_BY.bindTo(plan));
    }

    private MethodHandle lifted(int index, List<Codec> params, Optional<Codec> result) {
        MethodHandle handle = type().async()
                ? AsyncExport.handle(index, params, result)
                : MethodHandles.filterArguments(
                        plan.lifts().get(index).handle(params, result), 0, Calls.calledByHost(index));
        MethodHandle thrower = MethodHandles.throwException(handle.type().returnType(), RuntimeException.class);
        handle = MethodHandles.catchException(
                handle, Throwable.class, MethodHandles.collectArguments(thrower, 0, FAILED));
        if (plan.isConcurrent()) {
            handle = MethodHandles.filterArguments(MethodHandles.tryFinally(handle, release(handle)), 0, ACQUIRE);
        }
        return handle;
    }

    /** {@code (Throwable, result, Root) → result}: gives the turn away. */
    private static MethodHandle release(MethodHandle function) {
        Class<?> result = function.type().returnType();
        MethodHandle cleanup = MethodHandles.dropArguments(RELEASE, 0, Throwable.class);
        if (result == void.class) {
            return cleanup;
        }
        MethodHandle same = MethodHandles.dropArguments(MethodHandles.identity(result), 0, Throwable.class);
        same = MethodHandles.dropArguments(same, 2, Root.class);
        return MethodHandles.foldArguments(same, MethodHandles.dropArguments(cleanup, 1, result));
    }

    private static Root madeBy(Plan plan, Root root) {
        root.checkMadeBy(plan);
        return root;
    }

    private static RuntimeException failed(Throwable failure, Root root) {
        if (failure instanceof HostCaller.Cancelled cancelled && cancelled.endsCallOf(root)) {
            throw cancelled;
        }
        root.poison(failure);
        throw Calls.<RuntimeException>sneak(failure);
    }
}
