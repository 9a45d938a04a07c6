package dev.virga.engine.portable;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleNames;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionBody;

/** A compiled module. */
final class PortableModule implements CoreModule {

    private final ModuleType type;
    private final ModulePlan plan;
    private final ModuleNames names;
    private final OptionalInt start;
    private final int functionsPerClass;
    private final long codeSize;
    private final boolean tailCalls;
    private final byte[] interpreted;
    private final GuestLoader loader;
    private final MethodHandle[] codes;
    private MethodHandle machineConstructor;
    private FunctionBody[] interpretedBodies;

    PortableModule(CompiledCode code, PortableEngine engine) {
        this.type = ModuleTypeReader.read(code.module());
        this.plan = ModulePlan.of(code.module(), engine);
        this.names = new ModuleNames(code.names());
        this.start = code.start();
        this.functionsPerClass = code.functionsPerClass();
        this.codeSize = code.classes().values().stream().mapToLong(ByteBuffer::remaining).sum();
        this.tailCalls = code.tailCalls();
        this.interpreted = code.interpreted();
        this.loader = new GuestLoader(code.classes());
        this.codes = new MethodHandle[plan.functionTypes().length];
    }

    @Override
    public ModuleType type() {
        return type;
    }

    @Override
    public long codeSize() {
        return codeSize;
    }

    ModulePlan plan() {
        return plan;
    }

    OptionalInt start() {
        return start;
    }

    ClassLoader loader() {
        return loader;
    }

    String loaderName() {
        return loader.getName();
    }

    int functionCount() {
        return codes.length;
    }

    Signature signature(int function) {
        return plan.types().signature(plan.functionTypes()[function]);
    }

    Signature typeSignature(int typeIndex) {
        return plan.types().signature(typeIndex);
    }

    /** Whether a function has the type that another module means by an index. */
    boolean hasType(int function, int wanted, PortableModule other) {
        return plan.types().matches(plan.functionTypes()[function], other.plan.types(), wanted);
    }

    Trap.Frame frame(int function) {
        return new Trap.Frame(names.module().orElse("module"), function, names.function(function));
    }

    /** The compiled function: the parameters as in {@link Signature#compiled()}, then memory and instance. */
    MethodHandle code(int function) {
        MethodHandle code = codes[function];
        if (code == null) {
            code = tailCalls ? TailCalls.code(function, signature(function)) : find(function);
            codes[function] = code;
        }
        return code;
    }

    private MethodHandle find(int function) {
        MethodType compiled = signature(function).compiled().appendParameterTypes(Memory.class, Instance.class);
        try {
            Class<?> group = loader.loadClass(ClassRewriter.functionClass(function, functionsPerClass));
            return MethodHandles.privateLookupIn(group, MethodHandles.lookup())
                    .findStatic(group, ClassRewriter.FUNCTION + function, compiled);
        } catch (LinkageError e) {
            throw Traps.refused(e);
        } catch (ReflectiveOperationException e) {
            // The lookup hides that the class was refused.
            if (e.getCause() instanceof LinkageError refused) {
                throw Traps.refused(refused);
            }
            throw new IllegalStateException("function " + function + " is missing in the compiled module", e);
        }
    }

    /** Endive's own way to call this module's functions. */
    Machine newMachine(Instance instance) {
        try {
            if (machineConstructor == null) {
                machineConstructor = MethodHandles.publicLookup()
                        .findConstructor(
                                loader.loadClass(CompiledCode.CLASS), MethodType.methodType(void.class, Instance.class))
                        .asType(MethodType.methodType(Machine.class, Instance.class));
            }
            if (interpreted.length > 0) {
                EndiveInstances.addBodies(instance, interpretedBodies());
            }
            return (Machine) machineConstructor.invokeExact(instance);
        } catch (LinkageError e) {
            throw Traps.refused(e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the compiled module does not load", e);
        }
    }

    /** Read at the first use: such functions are few, but large. */
    private FunctionBody[] interpretedBodies() {
        FunctionBody[] bodies = interpretedBodies;
        if (bodies == null) {
            bodies = ModulePlan.parse(interpreted).codeSection().functionBodies();
            interpretedBodies = bodies;
        }
        return bodies;
    }

    @Override
    public CoreInstance instantiate(Store store, List<Extern> imports) {
        if (!(store instanceof PortableStore own)) {
            throw new ModuleException.Link("the store is of another engine");
        }
        new ImportCheck(this).check(imports);
        own.enter();
        try {
            return new Instantiation(this, own, imports).run();
        } catch (Throwable thrown) {
            throw unchecked(Traps.outgoing(thrown, own));
        } finally {
            own.leave();
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error e) {
            throw e;
        }
        return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
    }
}
