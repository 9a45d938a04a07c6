package dev.virga.engine.portable;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.ValType;

/** How Endive's interpreter calls an import; compiled code does not come this way. */
record ImportBridge(int function) implements WasmFunctionHandle {

    @Override
    public long[] apply(Instance instance, long... args) {
        return applyWithRefs(instance, args, null).longs();
    }

    @Override
    public CallResult applyWithRefs(Instance instance, long[] args, Object[] refArgs) {
        GuestMachine machine = (GuestMachine) instance.getMachine();
        Signature signature = machine.module().signature(function);
        GuestMachine.Callee callee = machine.callee(function);
        CallResult result;
        try {
            result = callee.instance() == null
                    ? call(callee.code(), signature, args, refArgs)
                    : call(callee.code(), signature, args, refArgs,
                            GuestOps.memory(callee.instance()), callee.instance());
        } catch (Throwable thrown) {
            throw ImportBridge.<RuntimeException>unchecked(
                    callee.instance() == null ? machine.importFailed(thrown) : thrown);
        }
        machine.store().checkInterrupted();
        return result;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Calls a function of compiled type with arguments in arrays, and with these further ones. */
    static CallResult call(
            MethodHandle handle, Signature signature, long[] args, Object[] refArgs, Object... further)
            throws Throwable {
        List<Object> values = new ArrayList<>();
        if (signature.isSpread()) {
            values.add(args);
        } else {
            List<ValType> params = signature.endive().params();
            for (int i = 0; i < params.size(); i++) {
                if (params.get(i).isObjectRef()) {
                    values.add(refArgs == null ? null : refArgs[i]);
                } else {
                    values.add(Endive.number(args[i], params.get(i)));
                }
            }
        }
        values.addAll(Arrays.asList(further));
        return results(handle.invokeWithArguments(values), signature.endive().returns());
    }

    private static CallResult results(Object result, List<ValType> types) {
        if (types.isEmpty()) {
            return CallResult.of(null, null);
        }
        if (types.size() == 1) {
            return types.getFirst().isObjectRef()
                    ? CallResult.of(new long[1], new Object[] {result})
                    : CallResult.of(new long[] {Endive.bits(result)}, null);
        }
        if (result instanceof long[] longs) {
            return CallResult.of(longs, null);
        }
        Object[] values = (Object[]) result;
        long[] longs = new long[values.length];
        Object[] references = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            if (types.get(i).isObjectRef()) {
                references[i] = values[i];
            } else {
                longs[i] = (Long) values[i];
            }
        }
        return CallResult.of(longs, references);
    }
}
