package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.GlobalType;
import dev.virga.engine.V128;
import dev.virga.engine.ValType;

/**
 * A global variable.
 *
 * @param address where generated code has its value
 */
record NativeGlobal(GlobalType type, NativeStore store, long address) implements Extern.Global {

    @Override
    public Object get() {
        return switch (type.value()) {
            case ValType.Num.I32 -> Raw.getInt(address);
            case ValType.Num.I64 -> Raw.getLong(address);
            case ValType.Num.F32 -> Raw.getFloat(address);
            case ValType.Num.F64 -> Raw.getDouble(address);
            case ValType.Num.V128 -> Raw.getVector(address);
            case ValType.Ref ref -> store.lift(Raw.getLong(address), ref);
        };
    }

    @Override
    public void set(Object value) {
        if (!type.mutable()) {
            throw new IllegalStateException("the global is immutable");
        }
        put(value);
    }

    void put(Object value) {
        switch (type.value()) {
            case ValType.Num.I32 -> Raw.putInt(address, (int) value);
            case ValType.Num.I64 -> Raw.putLong(address, (long) value);
            case ValType.Num.F32 -> Raw.putFloat(address, (float) value);
            case ValType.Num.F64 -> Raw.putDouble(address, (double) value);
            case ValType.Num.V128 -> Raw.putVector(address, (V128) value);
            case ValType.Ref ref -> Raw.putLong(address, store.lower(value, ref));
        }
    }

    Expression.Value raw() {
        return new Expression.Value(Raw.getLong(address), Raw.getLong(address + 8));
    }

    void putRaw(Expression.Value value) {
        Raw.putLong(address, value.low());
        Raw.putLong(address + 8, value.high());
    }
}
