package dev.virga.engine.nativecode;

import dev.virga.engine.V128;
import dev.virga.engine.ValType;
import java.util.List;

/** Arguments and results in memory: 8 bytes each, vectors 16 (compiler/INTERFACE.md, "Stubs"). */
final class Slots {

    private Slots() {}

    static int bytes(ValType type) {
        return type == ValType.Num.V128 ? 16 : 8;
    }

    static int bytes(List<ValType> types) {
        return types.stream().mapToInt(Slots::bytes).sum();
    }

    /** Several results, boxed. */
    static Object[] read(List<ValType> types, NativeStore store, long slots) {
        Object[] values = new Object[types.size()];
        long at = slots;
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (types.get(i)) {
                case ValType.Num.I32 -> (Object) Raw.getInt(at);
                case ValType.Num.I64 -> Raw.getLong(at);
                case ValType.Num.F32 -> Raw.getFloat(at);
                case ValType.Num.F64 -> Raw.getDouble(at);
                case ValType.Num.V128 -> Raw.getVector(at);
                case ValType.Ref ref -> store.lift(Raw.getLong(at), ref);
            };
            at += bytes(types.get(i));
        }
        return values;
    }

    static void write(List<ValType> types, Object[] values, NativeStore store, long slots) {
        if (values.length != types.size()) {
            throw new IllegalArgumentException(
                    "a host function returned " + values.length + " results; its type has " + types.size());
        }
        long at = slots;
        for (int i = 0; i < values.length; i++) {
            switch (types.get(i)) {
                case ValType.Num.I32 -> Raw.putInt(at, (int) values[i]);
                case ValType.Num.I64 -> Raw.putLong(at, (long) values[i]);
                case ValType.Num.F32 -> Raw.putFloat(at, (float) values[i]);
                case ValType.Num.F64 -> Raw.putDouble(at, (double) values[i]);
                case ValType.Num.V128 -> Raw.putVector(at, (V128) values[i]);
                case ValType.Ref ref -> Raw.putLong(at, store.lower(values[i], ref));
            }
            at += bytes(types.get(i));
        }
    }
}
