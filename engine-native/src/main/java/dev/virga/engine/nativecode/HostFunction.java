package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/** A function of the host. */
final class HostFunction implements Extern.Func {

    private final NativeStore store;
    private final FuncType type;
    private final Supplier<MethodHandle> supplier;
    private MethodHandle handle;
    private HostCall call;
    private long record;
    /** Keeps the code of the stub in memory. */
    private NativeModule stubOwner;

    HostFunction(NativeStore store, FuncType type, Supplier<MethodHandle> supplier) {
        this.store = store;
        this.type = type;
        this.supplier = supplier;
    }

    NativeStore store() {
        return store;
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

    /** Runs the function for a guest that left its arguments in the slots. */
    void call(long slots) throws Throwable {
        call.call(handle(), store, slots);
    }

    long record() {
        if (record == 0) {
            NativeModule module = store.engine().stubModule(type);
            return record(module, module.importedFunctions().getFirst());
        }
        return record;
    }

    /** The record, made with the stub of a module that imports the function. */
    long record(NativeModule importer, ImportedFunction imported) {
        if (record == 0) {
            stubOwner = importer;
            call = imported.call();
            record = store.allocate(Plan.Layout.RECORD_BYTES);
            Records.write(record, imported.stub(), record, imported.typeId());
            store.number(this, record);
        }
        return record;
    }
}
