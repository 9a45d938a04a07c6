package dev.virga.engine.nativecode;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.Extern;

/** An instance of a module: its block, and the Java side of what it defines and imports. */
final class NativeInstance implements CoreInstance, Expression.Scope {

    private final NativeModule module;
    private final NativeStore store;
    private final long block;
    /** By index, imported ones first. Of functions only the imported ones are here. */
    private final Extern.Func[] imported;
    final NativeMemory[] memories;
    final NativeTable[] tables;
    final NativeGlobal[] globals;
    final NativeTag[] tags;
    /** Whether a data or element segment was dropped. */
    final boolean[] droppedData;
    final boolean[] droppedElements;
    private final NativeFunction[] functions;
    private final Extern[] exports;

    NativeInstance(NativeModule module, NativeStore store, long block) {
        Plan plan = module.plan();
        this.module = module;
        this.store = store;
        this.block = block;
        this.imported = new Extern.Func[plan.importedFunctions()];
        this.memories = new NativeMemory[plan.memories().size()];
        this.tables = new NativeTable[plan.tables().size()];
        this.globals = new NativeGlobal[plan.globals().size()];
        this.tags = new NativeTag[plan.tagTypes().length];
        this.droppedData = new boolean[plan.data().size()];
        this.droppedElements = new boolean[plan.elements().size()];
        this.functions = new NativeFunction[module.ownReferenced().size()];
        this.exports = new Extern[plan.exports().size()];
    }

    NativeModule module() {
        return module;
    }

    NativeStore store() {
        return store;
    }

    long block() {
        return block;
    }

    void importFunction(int index, Extern.Func function) {
        imported[index] = function;
    }

    @Override
    public Extern export(int index) {
        if (exports[index] == null) {
            Plan.Export export = module.plan().exports().get(index);
            exports[index] = switch (export.kind()) {
                case FUNCTION -> functionAt(export.index());
                case TABLE -> tables[export.index()];
                case MEMORY -> memories[export.index()];
                case GLOBAL -> globals[export.index()];
                case TAG -> tags[export.index()];
            };
        }
        return exports[index];
    }

    /** A referenced function by its index in the module. */
    Extern.Func functionAt(int index) {
        return index < imported.length ? imported[index] : own(module.positionOf(index));
    }

    private NativeFunction own(int position) {
        if (functions[position] == null) {
            long record = block + module.plan().layout().record(position);
            NativeFunction function = new NativeFunction(this, module.ownReferenced().get(position), record);
            store.number(function, record);
            functions[position] = function;
        }
        return functions[position];
    }

    /** The function whose record this is; one that this instance defines. */
    NativeFunction function(long record) {
        return own((int) (record - block - module.plan().layout().references()) / Plan.Layout.RECORD_BYTES);
    }

    @Override
    public Expression.Value global(int index) {
        return globals[index].raw();
    }

    @Override
    public long function(int index) {
        return index < imported.length
                ? store.record(imported[index])
                : block + module.plan().layout().record(module.positionOf(index));
    }

    /** The elements of a segment as generated code has them. */
    long[] elements(Plan.Element segment) {
        long[] raw = new long[segment.size()];
        if (segment.expressions().isEmpty()) {
            for (int i = 0; i < raw.length; i++) {
                raw[i] = function(segment.functions()[i]);
            }
        } else {
            for (int i = 0; i < raw.length; i++) {
                raw[i] = segment.expressions().get(i).evaluate(this).low();
            }
        }
        return raw;
    }
}
