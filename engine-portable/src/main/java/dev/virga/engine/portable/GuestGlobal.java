package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.GlobalType;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.Value;
import run.endive.wasm.types.ValType;

/** A global variable, for Endive and the host alike. */
final class GuestGlobal extends GlobalInstance implements Extern.Global {

    private final GlobalType type;
    private final boolean intReference;
    /** For a function reference: the function, when the host or another instance set it. */
    private Object function;

    @SuppressWarnings("deprecation")
    GuestGlobal(long value, ValType valType, MutabilityType mutability) {
        super(new Value(valType, value), mutability);
        type = new GlobalType(Signature.valType(valType), mutability == MutabilityType.Var);
        intReference = Signature.isIntReference(valType);
    }

    static GuestGlobal ofHost(GlobalType type, Object value, PortableStore store) {
        GuestGlobal global = new GuestGlobal(
                0, HostTypes.valType(type.value()), type.mutable() ? MutabilityType.Var : MutabilityType.Const);
        global.put(value);
        return global;
    }

    /** Whether it holds a function reference, which is a number that means something to one instance only. */
    boolean isIntReference() {
        return intReference;
    }

    @Override
    public GlobalType type() {
        return type;
    }

    @Override
    public Object get() {
        ValType valType = getType();
        if (valType.isObjectRef()) {
            return getRefValue();
        }
        return intReference ? functionReference() : Conversions.box(getValue(), valType, null);
    }

    private Object functionReference() {
        Instance owner = getInstance();
        return owner == null ? function : ((GuestMachine) owner.getMachine()).toReference((int) getValue());
    }

    /** The function reference as an instance has it. */
    int index(Instance reader) {
        return getInstance() == reader
                ? (int) getValue()
                : ((GuestMachine) reader.getMachine()).toIndex(functionReference());
    }

    @Override
    public void set(Object value) {
        if (!type.mutable()) {
            throw new IllegalStateException("the global is immutable");
        }
        put(value);
    }

    private void put(Object value) {
        ValType valType = getType();
        if (valType.isObjectRef()) {
            setRefValue(value);
        } else if (intReference) {
            setInstance(null);
            function = value;
        } else {
            setValue(Conversions.unbox(value, valType, null));
        }
    }
}
