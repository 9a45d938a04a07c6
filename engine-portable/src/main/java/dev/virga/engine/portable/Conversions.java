package dev.virga.engine.portable;

import dev.virga.engine.ModuleException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import run.endive.wasm.types.ValType;

/**
 * Between values as the engine's interface has them and as compiled code has them, for signatures
 * where the two differ: function references and several results.
 */
final class Conversions {

    private static final MethodHandle TO_INDEX;
    private static final MethodHandle TO_REFERENCE;
    private static final MethodHandle UNPACK;
    private static final MethodHandle PACK;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            TO_INDEX = lookup.findVirtual(
                    GuestMachine.class, "toIndex", MethodType.methodType(int.class, Object.class));
            TO_REFERENCE = lookup.findVirtual(
                    GuestMachine.class, "toReference", MethodType.methodType(Object.class, int.class));
            UNPACK = lookup.findStatic(Conversions.class, "unpack", MethodType.methodType(
                    Object[].class, Signature.class, GuestMachine.class, Object.class));
            PACK = lookup.findStatic(Conversions.class, "pack", MethodType.methodType(
                    Object.class, Signature.class, GuestMachine.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Conversions() {}

    /** From the type of compiled code to that of the interface; earlier parameters stay. */
    static MethodHandle toInterface(MethodHandle handle, Signature signature, GuestMachine machine) {
        if (signature.isPlain()) {
            return handle;
        }
        requireOwnParameters(signature);
        MethodHandle result = filter(handle, signature, TO_INDEX.bindTo(machine));
        if (signature.endive().returns().size() > 1) {
            MethodHandle unpack = MethodHandles.insertArguments(UNPACK, 0, signature, machine);
            return MethodHandles.filterReturnValue(
                    result, unpack.asType(unpack.type().changeParameterType(0, handle.type().returnType())));
        }
        return returnsIntReference(signature)
                ? MethodHandles.filterReturnValue(result, TO_REFERENCE.bindTo(machine))
                : result;
    }

    /** From the type of the interface to that of compiled code. */
    static MethodHandle toCompiled(MethodHandle handle, Signature signature, GuestMachine machine) {
        if (signature.isPlain()) {
            return handle;
        }
        requireOwnParameters(signature);
        MethodHandle result = filter(handle, signature, TO_REFERENCE.bindTo(machine));
        if (signature.endive().returns().size() > 1) {
            MethodHandle pack = MethodHandles.insertArguments(PACK, 0, signature, machine);
            return MethodHandles.filterReturnValue(
                    result, pack.asType(pack.type().changeReturnType(signature.compiled().returnType())));
        }
        return returnsIntReference(signature)
                ? MethodHandles.filterReturnValue(result, TO_INDEX.bindTo(machine))
                : result;
    }

    private static void requireOwnParameters(Signature signature) {
        if (signature.isSpread()) {
            throw new ModuleException.Unsupported(
                    "a call between host and guest with " + signature.type().params().size() + " parameters");
        }
    }

    private static MethodHandle filter(MethodHandle handle, Signature signature, MethodHandle filter) {
        MethodHandle result = handle;
        List<ValType> params = signature.endive().params();
        for (int i = 0; i < params.size(); i++) {
            if (Signature.isIntReference(params.get(i))) {
                result = MethodHandles.filterArguments(result, i, filter);
            }
        }
        return result;
    }

    private static boolean returnsIntReference(Signature signature) {
        List<ValType> returns = signature.endive().returns();
        return returns.size() == 1 && Signature.isIntReference(returns.getFirst());
    }

    /** Several results: from Endive's array to the interface's. */
    private static Object[] unpack(Signature signature, GuestMachine machine, Object results) {
        List<ValType> types = signature.endive().returns();
        Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            ValType type = types.get(i);
            values[i] = switch (results) {
                case long[] longs -> box(longs[i], type, machine);
                case Object[] objects when type.isObjectRef() -> objects[i];
                case Object[] objects -> box((Long) objects[i], type, machine);
                default -> throw new IllegalStateException("results in a " + results.getClass());
            };
        }
        return values;
    }

    private static Object pack(Signature signature, GuestMachine machine, Object[] values) {
        List<ValType> types = signature.endive().returns();
        if (values.length != types.size()) {
            throw new IllegalArgumentException(
                    "a host function gave " + values.length + " results instead of " + types.size());
        }
        if (signature.compiled().returnType() == long[].class) {
            long[] longs = new long[values.length];
            for (int i = 0; i < values.length; i++) {
                longs[i] = unbox(values[i], types.get(i), machine);
            }
            return longs;
        }
        Object[] objects = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            objects[i] = types.get(i).isObjectRef() ? values[i] : (Object) unbox(values[i], types.get(i), machine);
        }
        return objects;
    }

    /** A number or function reference, from the 64 bits in which Endive passes it. */
    static Object box(long bits, ValType type, GuestMachine machine) {
        return type.isReference() ? machine.toReference((int) bits) : Endive.number(bits, type);
    }

    static long unbox(Object value, ValType type, GuestMachine machine) {
        return type.isReference() ? machine.toIndex(value) : Endive.bits(value);
    }
}
