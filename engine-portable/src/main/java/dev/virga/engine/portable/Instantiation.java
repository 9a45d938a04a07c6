package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportTag;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.Value;

/** One instantiation of a module (core specification, section 4.7.2). */
final class Instantiation {

    private static final String NO_NAME = "";

    private final PortableModule module;
    private final ModulePlan plan;
    private final PortableStore store;
    private final List<Extern.Func> functions = new ArrayList<>();
    private final ImportValues imports;
    private final Memory[] memories;
    private final Memory firstMemory;

    Instantiation(PortableModule module, PortableStore store, List<Extern> imports) {
        this.module = module;
        this.plan = module.plan();
        this.store = store;
        this.imports = link(imports);
        this.memories = plan.memories().stream()
                .map(memory -> store.memory(memory.type(), memory.source()))
                .toArray(Memory[]::new);
        this.firstMemory = this.imports.memoryCount() > 0
                ? this.imports.memory(0).memory()
                : memories.length > 0 ? memories[0] : null;
    }

    private ImportValues link(List<Extern> externs) {
        ImportValues.Builder builder = ImportValues.builder();
        for (Extern extern : externs) {
            switch (extern) {
                case Extern.Func function -> {
                    int index = functions.size();
                    builder.addFunction(new ImportFunction(
                            NO_NAME, NO_NAME, module.signature(index).endive(), new ImportBridge(index)));
                    functions.add(function);
                }
                case Extern.Memory memory ->
                    builder.addMemory(new ImportMemory(NO_NAME, NO_NAME, (LinearMemory) memory));
                case Extern.Table table ->
                    builder.addTable(new ImportTable(NO_NAME, NO_NAME, GuestTable.of(table)));
                case Extern.Global global ->
                    builder.addGlobal(new ImportGlobal(NO_NAME, NO_NAME, (GuestGlobal) global));
                case Extern.Tag tag ->
                    builder.addTag(new ImportTag(NO_NAME, NO_NAME, ((GuestTag) tag).instance()));
            }
        }
        return builder.build();
    }

    PortableInstance run() throws Throwable {
        store.add(module);
        Instance instance = EndiveInstances.make(
                plan.parts(), memories, imports,
                made -> new GuestMachine(module, store, made, firstMemory, List.copyOf(functions)),
                (table, initial) -> GuestTable.of(table, initial, store));
        GuestMachine machine = (GuestMachine) instance.getMachine();
        instance.initialize(false);
        adoptTables(instance);
        plan.elements().forEach(element -> fill(instance, element));
        plan.data().forEach(segment -> fill(instance, segment));
        if (module.start().isPresent()) {
            int start = module.start().getAsInt();
            machine.function(start).handle().invoke();
        }
        return new PortableInstance(module, machine);
    }

    /** Endive forgets whose functions a table's initial elements are. */
    private void adoptTables(Instance instance) {
        for (int i = 0; i < plan.parts().tables().length; i++) {
            GuestTable table = (GuestTable) instance.table(imports.tableCount() + i);
            if (table.size() > 0 && !table.elementType().isObjectRef() && table.ref(0) != Value.REF_NULL_VALUE) {
                for (int element = 0; element < table.size(); element++) {
                    table.setRef(element, table.ref(element), instance);
                }
            }
        }
    }

    private static void fill(Instance instance, ModulePlan.ElementPlan plan) {
        GuestTable table = (GuestTable) instance.table(plan.segment().tableIndex());
        long offset = offset(instance, plan.segment().offset());
        List<List<Instruction>> initializers = plan.segment().initializers();
        if (offset + initializers.size() > table.size()) {
            throw new Trap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
        }
        for (int i = 0; i < initializers.size(); i++) {
            int element = (int) offset + i;
            if (plan.isSimple()) {
                table.setRef(element, plan.functions()[i], instance);
            } else if (table.elementType().isObjectRef()) {
                var value = ConstantEvaluators.computeConstant(instance, initializers.get(i));
                table.setObjRef(element, value.ref(), instance);
            } else {
                // A global that is read here may hold a function of another instance.
                Instance owner = ConstantEvaluators.computeConstantInstance(instance, initializers.get(i));
                int value = (int) ConstantEvaluators.computeConstantValue(instance, initializers.get(i))[0];
                table.setRef(element, value, owner);
            }
        }
    }

    private static void fill(Instance instance, ActiveDataSegment segment) {
        LinearMemory memory = (LinearMemory) instance.memory((int) segment.index());
        try {
            memory.init(segment.data(), 0, offset(instance, segment.offsetInstructions()), segment.data().length);
        } catch (GuestTrap e) {
            throw new Trap(e.kind());
        }
    }

    private static long offset(Instance instance, List<Instruction> expression) {
        return Integer.toUnsignedLong((int) ConstantEvaluators.computeConstantValue(instance, expression)[0]);
    }
}
