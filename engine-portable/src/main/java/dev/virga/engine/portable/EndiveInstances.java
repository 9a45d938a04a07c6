package dev.virga.engine.portable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.function.Function;
import run.endive.runtime.ExecutionListener;
import run.endive.runtime.GlobalFactory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.runtime.TableFactory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.Element;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Global;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TagType;

/**
 * Makes Endive instances by its own constructor. Its builder links imports by name and searches
 * for each of them, walks all tables, and checks anew what is known since the module was compiled.
 */
final class EndiveInstances {

    private static final MethodHandle CONSTRUCTOR;
    private static final MethodHandle FUNCTIONS;

    static {
        try {
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(Instance.class, MethodHandles.lookup());
            FUNCTIONS = lookup.findGetter(Instance.class, "functions", FunctionBody[].class);
            CONSTRUCTOR = lookup.findConstructor(Instance.class, MethodType.methodType(
                            void.class, WasmModule.class, Global[].class, Memory[].class, DataSegment[].class,
                            FunctionBody[].class, FunctionType[].class, int[].class, ImportValues.class,
                            Table[].class, Element[].class, TagType[].class, Map.class, Function.class,
                            TableFactory.class, GlobalFactory.class, boolean.class, boolean.class,
                            ExecutionListener.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private EndiveInstances() {}

    /** The parts that all instances of a module share. Endive copies what it changes. */
    record Parts(
            WasmModule module,
            Global[] globals,
            FunctionBody[] functions,
            FunctionType[] types,
            int[] functionTypes,
            Table[] tables,
            Element[] passiveElements,
            DataSegment[] passiveData,
            TagType[] tags,
            Map<String, Export> exports) {}

    static Instance make(
            Parts parts,
            Memory[] memories,
            ImportValues imports,
            Function<Instance, Machine> machine,
            TableFactory tables) {
        GlobalFactory globals = (low, high, type, mutability) -> new GuestGlobal(low, type, mutability);
        try {
            return (Instance) CONSTRUCTOR.invokeExact(
                    parts.module(), parts.globals(), memories, parts.passiveData().clone(),
                    parts.functions(), parts.types(), parts.functionTypes(), imports, parts.tables(),
                    parts.passiveElements(), parts.tags(), parts.exports(), machine, tables, globals,
                    false, false, (ExecutionListener) null);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives an instance the bodies of functions that the interpreter runs; the others stay empty. */
    static void addBodies(Instance instance, FunctionBody[] bodies) {
        try {
            FunctionBody[] functions = (FunctionBody[]) FUNCTIONS.invokeExact(instance);
            System.arraycopy(bodies, 0, functions, 0, bodies.length);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
