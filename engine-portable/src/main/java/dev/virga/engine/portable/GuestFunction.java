package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import java.lang.invoke.MethodHandle;
import run.endive.runtime.Instance;

/** A function that an instance defines. There is one such object for each function of an instance. */
final class GuestFunction implements Extern.Func {

    private final GuestMachine machine;
    private final int index;
    private final Signature signature;
    private MethodHandle code;
    private MethodHandle handle;

    GuestFunction(GuestMachine machine, int index, Signature signature) {
        this.machine = machine;
        this.index = index;
        this.signature = signature;
    }

    int index() {
        return index;
    }

    GuestMachine machine() {
        return machine;
    }

    Signature signature() {
        return signature;
    }

    @Override
    public FuncType type() {
        return signature.type();
    }

    @Override
    public MethodHandle handle() {
        if (handle == null) {
            code = machine.module().code(index);
            handle = Conversions.toInterface(Entries.of(signature.compiled()).bindTo(this), signature, machine);
        }
        return handle;
    }

    // From here on: what the entry stubs call.

    MethodHandle code() {
        return code;
    }

    run.endive.runtime.Memory memory() {
        return machine.memory();
    }

    Instance instance() {
        return machine.instance();
    }

    void enter() {
        machine.store().enter();
    }

    void leave() {
        machine.store().leave();
    }

    /** Leaves after an exception, and gives what to throw to the host. */
    Throwable failed(Throwable thrown) {
        try {
            return Traps.outgoing(thrown, machine.store());
        } finally {
            machine.store().leave();
        }
    }
}
