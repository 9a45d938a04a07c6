package dev.virga.component.runtime;

import static java.lang.invoke.MethodType.methodType;

import dev.virga.component.abi.LiftLowerContext;
import dev.virga.engine.GuestException;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Joins the Canonical ABI's adapters to the contexts of the runtime. */
final class Calls {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle CORE;
    private static final MethodHandle POST_RETURN;
    private static final MethodHandle CALLEE;
    private static final MethodHandle IMPLEMENTATION;
    private static final MethodHandle CALLED_BY_HOST;
    private static final MethodHandle UNCAUGHT;

    static {
        try {
            CORE = LOOKUP.findGetter(LiftContext.class, "core", MethodHandle.class);
            POST_RETURN = LOOKUP.findGetter(LiftContext.class, "postReturn", MethodHandle.class);
            CALLEE = LOOKUP.findVirtual(LowerContext.class, "callee", methodType(LiftContext.class))
                    .asType(methodType(LiftContext.class, LiftLowerContext.class));
            IMPLEMENTATION = LOOKUP.findVirtual(LowerContext.class, "implementation", methodType(Object.class))
                    .asType(methodType(Object.class, LiftLowerContext.class));
            CALLED_BY_HOST =
                    LOOKUP.findVirtual(Root.class, "calledByHost", methodType(LiftContext.class, int.class));
            UNCAUGHT = LOOKUP.findStatic(Calls.class, "uncaught", methodType(Trap.class, GuestException.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Calls() {}

    /** From {@link dev.virga.component.abi.CanonicalAdapters#lift} to {@code (LiftContext, params) → result}. */
    static MethodHandle lifted(MethodHandle lift) {
        MethodHandle handle = lift.asType(lift.type().changeParameterType(0, LiftContext.class));
        handle = MethodHandles.filterArguments(handle, 1, CORE, POST_RETURN);
        int[] order = new int[handle.type().parameterCount()];
        for (int i = 3; i < order.length; i++) {
            order[i] = i - 2;
        }
        handle = MethodHandles.permuteArguments(handle, handle.type().dropParameterTypes(1, 3), order);
        // a guest's exception must not unwind through another component (call_and_trap_on_throw)
        MethodHandle thrower = MethodHandles.throwException(handle.type().returnType(), Trap.class);
        return MethodHandles.catchException(
                handle, GuestException.class, MethodHandles.filterArguments(thrower, 0, UNCAUGHT));
    }

    /** From {@code (LiftContext, params) → result} to the same called on the context of a lowering. */
    static MethodHandle toCallee(MethodHandle lifted) {
        return MethodHandles.filterArguments(lifted, 0, CALLEE);
    }

    /** From {@code (Object implementation, params) → result} to the same called on the context of a lowering. */
    static MethodHandle toImplementation(MethodHandle function) {
        return MethodHandles.filterArguments(function, 0, IMPLEMENTATION);
    }

    /** {@code Root → LiftContext} of the lifted function of this number, called by the host. */
    static MethodHandle calledByHost(int lift) {
        return MethodHandles.insertArguments(CALLED_BY_HOST, 1, lift);
    }

    static Trap uncaught(GuestException exception) {
        return new Trap(Trap.Kind.CANONICAL_ABI, "uncaught exception propagated out of component");
    }

    /** Throws anything as it is: the host's functions may throw what they like. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException sneak(Throwable exception) throws E {
        throw (E) exception;
    }
}
