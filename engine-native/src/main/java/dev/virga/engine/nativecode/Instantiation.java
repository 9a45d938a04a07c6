package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import java.util.List;
import java.util.Optional;

/** One instantiation of a module (core specification, section 4.7.2). */
final class Instantiation {

    private final NativeModule module;
    private final Plan plan;
    private final Plan.Layout layout;
    private final NativeStore store;
    private final NativeInstance instance;
    private final long block;

    private final List<Extern> imports;

    Instantiation(NativeModule module, NativeStore store, List<Extern> imports) {
        this.module = module;
        this.plan = module.plan();
        this.layout = plan.layout();
        this.store = store;
        this.imports = imports;
        this.block = store.allocate(layout.size());
        this.instance = new NativeInstance(module, store, block);
    }

    NativeInstance run() {
        Raw.putLong(block, store.add(instance));
        Raw.putLong(block + Plan.Layout.TYPE_IDS, module.typeIds());
        link();
        defineFunctions();
        defineMemories();
        defineTags();
        defineGlobals();
        defineTables();
        plan.elements().forEach(this::initialise);
        module.looseData().forEach(this::initialise);
        dropActive();
        if (plan.start().isPresent()) {
            start(instance.functionAt(plan.start().getAsInt()));
        }
        return instance;
    }

    private void link() {
        int function = 0;
        int memory = 0;
        int table = 0;
        int global = 0;
        int tag = 0;
        for (Extern extern : imports) {
            switch (extern) {
                case Extern.Func f -> linkFunction(function++, f);
                case NativeMemory m -> {
                    instance.memories[memory] = m;
                    Raw.putLong(block + layout.memory(memory++), m.pair());
                }
                case NativeTable t -> {
                    instance.tables[table] = t;
                    Raw.putLong(block + layout.table(table++), t.pair());
                }
                case NativeGlobal g -> {
                    instance.globals[global] = g;
                    Raw.putLong(block + layout.global(global++), g.address());
                }
                case NativeTag t -> {
                    instance.tags[tag] = t;
                    Raw.putLong(block + layout.tag(tag++), t.number());
                }
                default -> throw new IllegalStateException("checked before: " + extern);
            }
        }
    }

    private void linkFunction(int index, Extern.Func function) {
        long record = function instanceof HostFunction host
                ? host.record(module, module.importedFunctions().get(index))
                : store.record(function);
        long place = block + layout.imported(index);
        Raw.putLong(place, Records.code(record));
        Raw.putLong(place + 8, Records.vmctx(record));
        Raw.putLong(place + 16, record);
        instance.importFunction(index, function);
    }

    private void defineFunctions() {
        List<ReferencedFunction> own = module.ownReferenced();
        for (int i = 0; i < own.size(); i++) {
            Records.write(block + layout.record(i), own.get(i).code(), block, own.get(i).typeId());
        }
    }

    private void defineMemories() {
        for (int i = plan.importedMemories(); i < plan.memories().size(); i++) {
            MemoryPlan memory = module.memories().get(i - plan.importedMemories());
            instance.memories[i] =
                    new NativeMemory(memory.type(), memory.source(), store, block + layout.memory(i));
        }
    }

    private void defineTags() {
        for (int i = plan.importedTags(); i < plan.tagTypes().length; i++) {
            instance.tags[i] = (NativeTag) store.newTag(plan.types().get(plan.tagTypes()[i]));
            Raw.putLong(block + layout.tag(i), instance.tags[i].number());
        }
    }

    private void defineGlobals() {
        for (int i = plan.importedGlobals(); i < plan.globals().size(); i++) {
            Plan.Global global = plan.globals().get(i);
            instance.globals[i] = new NativeGlobal(global.type(), store, block + layout.global(i));
            instance.globals[i].putRaw(global.initial().orElseThrow().evaluate(instance));
        }
    }

    private void defineTables() {
        for (int i = plan.importedTables(); i < plan.tables().size(); i++) {
            Plan.Table table = plan.tables().get(i);
            NativeTable made = new NativeTable(table.type(), store, block + layout.table(i));
            instance.tables[i] = made;
            table.initial().ifPresent(e -> made.fillRaw(0, e.evaluate(instance).low(), made.size()));
        }
    }

    private void initialise(Plan.Element segment) {
        if (segment.mode() == Plan.Mode.ACTIVE) {
            long[] elements = instance.elements(segment);
            instance.tables[segment.table()].initRaw(offset(segment.offset()), elements, 0, elements.length);
        }
    }

    private void initialise(Plan.Data segment) {
        NativeMemory memory = instance.memories[segment.memory()];
        Builtins.copyIn(memory, offset(segment.offset()), module.data(segment.bytes()));
    }

    private long offset(Optional<Expression> expression) {
        return Integer.toUnsignedLong((int) expression.orElseThrow().evaluate(instance).low());
    }

    /** Active and declarative segments are dropped once the module is instantiated. */
    private void dropActive() {
        for (int i = 0; i < plan.elements().size(); i++) {
            instance.droppedElements[i] = plan.elements().get(i).mode() != Plan.Mode.PASSIVE;
        }
        for (int i = 0; i < plan.data().size(); i++) {
            instance.droppedData[i] = plan.data().get(i).mode() == Plan.Mode.ACTIVE;
        }
    }

    private static void start(Extern.Func function) {
        try {
            function.handle().invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
