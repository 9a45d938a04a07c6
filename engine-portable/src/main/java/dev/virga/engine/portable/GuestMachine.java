package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.GuestException;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmException;
import run.endive.wasm.types.Value;

/**
 * What stands behind an Endive instance: its functions, whether defined, imported, or taken in as
 * a reference from elsewhere. The latter get indices behind the module's own, since to Endive a
 * function reference is an index into the instance.
 */
final class GuestMachine implements Machine {

    private final PortableModule module;
    private final PortableStore store;
    private final Instance instance;
    private final Memory memory;
    private final List<Extern.Func> imports;
    private final Callee[] callees;
    private final GuestFunction[] functions;
    private final List<Extern.Func> foreign = new ArrayList<>();
    private Machine compiled;

    GuestMachine(
            PortableModule module, PortableStore store, Instance instance, Memory memory, List<Extern.Func> imports) {
        this.module = module;
        this.store = store;
        this.instance = instance;
        this.memory = memory;
        this.imports = imports;
        this.callees = new Callee[imports.size()];
        this.functions = new GuestFunction[module.functionCount() - imports.size()];
    }

    PortableModule module() {
        return module;
    }

    PortableStore store() {
        return store;
    }

    Instance instance() {
        return instance;
    }

    Memory memory() {
        return memory;
    }

    /** An imported tag is known to the store already, as that of its definer. */
    GuestTag tag(int index) {
        return store.tag(
                instance.tag(index), Signature.of(instance.tag(index).type()).type(),
                Optional.of(module.plan().types()));
    }

    /** The function at an index; an import is whatever was imported. */
    Extern.Func function(int index) {
        if (index < imports.size()) {
            return imports.get(index);
        }
        return isForeign(index) ? foreign.get(index - module.functionCount()) : ownFunction(index);
    }

    /** Whether the index stands for a function taken in as a reference from elsewhere. */
    boolean isForeign(int index) {
        return index >= module.functionCount();
    }

    /** The function at an index as one of this instance, even where it is imported. */
    GuestFunction ownFunction(int index) {
        if (index < imports.size()) {
            return new GuestFunction(this, index, module.signature(index));
        }
        int own = index - imports.size();
        if (functions[own] == null) {
            functions[own] = new GuestFunction(this, index, module.signature(index));
        }
        return functions[own];
    }

    /** A function reference as compiled code has it. */
    int toIndex(Object reference) {
        if (reference == null) {
            return Value.REF_NULL_VALUE;
        }
        Extern.Func function = (Extern.Func) reference;
        if (function instanceof GuestFunction own && own.machine() == this) {
            return own.index();
        }
        int imported = imports.indexOf(function);
        if (imported >= 0) {
            return imported;
        }
        int known = foreign.indexOf(function);
        if (known < 0) {
            known = foreign.size();
            foreign.add(function);
        }
        return module.functionCount() + known;
    }

    /** A function reference as the interface has it. */
    Object toReference(int index) {
        return index == Value.REF_NULL_VALUE ? null : function(index);
    }

    /** The compiled function at an index, for a caller who expects a type of its own module. */
    MethodHandle code(int index, int type, GuestMachine caller) {
        if (isForeign(index)) {
            return foreignCode(function(index), type, caller);
        }
        if (!module.hasType(index, type, caller.module)) {
            throw new GuestTrap(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH);
        }
        Signature wanted = caller.module.typeSignature(type);
        return isSharedWith(caller, wanted) ? module.code(index) : caller.bound(function(index), wanted);
    }

    /** Whether another instance's compiled code may call this one's: a function reference means another one there. */
    boolean isSharedWith(GuestMachine caller, Signature signature) {
        return caller == this || !signature.hasIntReferences();
    }

    private MethodHandle foreignCode(Extern.Func function, int type, GuestMachine caller) {
        Signature wanted = caller.module.typeSignature(type);
        if (!function.type().equals(wanted.type())) {
            throw new GuestTrap(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH);
        }
        return caller.bound(function, wanted);
    }

    /** A function of anyone's, for this instance's code to call as one of another instance. */
    private MethodHandle bound(Extern.Func function, Signature wanted) {
        Callee callee = callee(function, wanted);
        int parameters = wanted.compiled().parameterCount();
        MethodHandle bound = callee.instance() == null
                ? callee.code()
                : MethodHandles.insertArguments(
                        callee.code(), parameters, GuestOps.memory(callee.instance()), callee.instance());
        return MethodHandles.dropArguments(bound, parameters, Memory.class, Instance.class);
    }

    /**
     * What is called for a function that may be another's. The code of a guest's function is shared by all
     * instances of its module: the JVM would take pains to compile a method handle of its own once more.
     *
     * @param code the parameters as in {@link Signature#compiled()}, then memory and instance if there is one
     * @param instance whose function it is; null if it is called through a handle that knows
     */
    record Callee(MethodHandle code, Instance instance) {}

    /** What is called for an import. */
    Callee callee(int index) {
        Callee callee = callees[index];
        if (callee == null) {
            callee = callee(imports.get(index), module.signature(index));
            callees[index] = callee;
        }
        return callee;
    }

    private Callee callee(Extern.Func function, Signature signature) {
        // A function reference is a number that means another function there.
        return function instanceof GuestFunction guest
                        && guest.machine().store() == store
                        && !signature.hasIntReferences()
                ? new Callee(guest.machine().module().code(guest.index()), guest.instance())
                : new Callee(Conversions.toCompiled(function.handle(), signature, this), null);
    }

    /** What goes on through the guest after an imported function threw. */
    Throwable importFailed(Throwable thrown) {
        return switch (thrown) {
            case GuestTrap e -> e;
            case WasmException e -> e;
            case Traps.HostFailure e -> e;
            case run.endive.wasm.WasmEngineException e -> e;
            case StackOverflowError e -> e;
            case GuestException e when e.tag() instanceof GuestTag tag -> rethrown(e, tag);
            case Trap e when e.backtrace().isEmpty() -> new Traps.HostFailure(
                    new Trap(e.kind(), e.getMessage(), Traps.backtrace(new Throwable(), store)));
            default -> new Traps.HostFailure(thrown);
        };
    }

    /** A guest's exception on its way from one instance through the host to another. */
    private Throwable rethrown(GuestException e, GuestTag tag) {
        for (int i = 0; i < instance.imports().tagCount() + instance.tagCount(); i++) {
            if (instance.tag(i) == tag.instance()) {
                List<run.endive.wasm.types.ValType> types = tag.instance().type().params();
                long[] bits = new long[types.size()];
                Object[] references = new Object[types.size()];
                for (int v = 0; v < bits.length; v++) {
                    if (types.get(v).isObjectRef()) {
                        references[v] = e.values().get(v);
                    } else {
                        bits[v] = Conversions.unbox(e.values().get(v), types.get(v), this);
                    }
                }
                return WasmException.builder()
                        .instance(instance).tagIdx(i).args(bits).refArgs(references).build();
            }
        }
        return new Traps.HostFailure(e);
    }

    // The slow way, on which Endive passes arguments in arrays: the interpreter and the tail calls
    // of compiled code use it.

    private Machine compiled() {
        if (compiled == null) {
            compiled = module.newMachine(instance);
        }
        return compiled;
    }

    @Override
    public long[] call(int function, long[] args) {
        return call(function, args, null);
    }

    @Override
    public long[] call(int function, long[] args, Object[] refArgs) {
        return compiled().call(function, args, refArgs);
    }

    @Override
    public CallResult callWithRefs(int function, long[] args, Object[] refArgs) {
        return compiled().callWithRefs(function, args, refArgs);
    }
}
