package dev.virga.engine.portable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.ValType;

/**
 * How functions of a module with tail calls are called from outside: through Endive's own way of
 * calling, with arguments in arrays, since only that goes on with the functions that a tail call
 * leaves pending.
 */
final class TailCalls {

    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup().findStatic(TailCalls.class, "call",
                    MethodType.methodType(Object.class, int.class, Signature.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private TailCalls() {}

    /** The same type as a compiled function. */
    static MethodHandle code(int function, Signature signature) {
        MethodType type = signature.compiled().appendParameterTypes(Memory.class, Instance.class);
        return MethodHandles.insertArguments(CALL, 0, function, signature)
                .asCollector(Object[].class, type.parameterCount())
                .asType(type);
    }

    private static Object call(int function, Signature signature, Object[] args) {
        Instance instance = (Instance) args[args.length - 1];
        List<ValType> params = signature.endive().params();
        long[] longs;
        Object[] references = null;
        if (signature.isSpread()) {
            longs = (long[]) args[0];
        } else {
            longs = new long[params.size()];
            references = new Object[params.size()];
            for (int i = 0; i < longs.length; i++) {
                if (params.get(i).isObjectRef()) {
                    references[i] = args[i];
                } else {
                    longs[i] = Endive.bits(args[i]);
                }
            }
        }
        return result(instance.getMachine().callWithRefs(function, longs, references), signature);
    }

    private static Object result(CallResult result, Signature signature) {
        List<ValType> returns = signature.endive().returns();
        if (returns.isEmpty()) {
            return null;
        }
        if (returns.size() == 1) {
            ValType type = returns.getFirst();
            return type.isObjectRef() ? result.refResult(0) : Endive.number(result.longResult(0), type);
        }
        if (signature.compiled().returnType() == long[].class) {
            return result.longs();
        }
        Object[] values = new Object[returns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = returns.get(i).isObjectRef() ? result.refResult(i) : (Object) result.longResult(i);
        }
        return values;
    }
}
