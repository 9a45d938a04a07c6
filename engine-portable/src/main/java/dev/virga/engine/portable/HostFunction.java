package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/** A function of the host. */
final class HostFunction implements Extern.Func {

    private final FuncType type;
    private final Supplier<MethodHandle> supplier;
    private MethodHandle handle;

    HostFunction(FuncType type, Supplier<MethodHandle> supplier) {
        this.type = type;
        this.supplier = supplier;
    }

    @Override
    public FuncType type() {
        return type;
    }

    @Override
    public MethodHandle handle() {
        if (handle == null) {
            MethodHandle made = supplier.get();
            if (!made.type().equals(type.methodType())) {
                throw new IllegalArgumentException(
                        "a host function of type " + type + " has a handle of type " + made.type());
            }
            handle = made;
        }
        return handle;
    }
}
