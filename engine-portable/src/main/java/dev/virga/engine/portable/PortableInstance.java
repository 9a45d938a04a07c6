package dev.virga.engine.portable;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.Extern;
import run.endive.runtime.Instance;
import run.endive.wasm.types.Export;

/** An instance of a module. */
final class PortableInstance implements CoreInstance {

    private final PortableModule module;
    private final GuestMachine machine;
    private final Extern[] exports;

    PortableInstance(PortableModule module, GuestMachine machine) {
        this.module = module;
        this.machine = machine;
        this.exports = new Extern[module.type().exports().size()];
    }

    GuestMachine machine() {
        return machine;
    }

    @Override
    public Extern export(int index) {
        if (exports[index] == null) {
            exports[index] = find(module.plan().parts().module().exportSection().getExport(index));
        }
        return exports[index];
    }

    private Extern find(Export export) {
        Instance instance = machine.instance();
        int index = export.index();
        return switch (export.exportType()) {
            case FUNCTION -> machine.function(index);
            case TABLE -> ((GuestTable) instance.table(index)).view();
            case MEMORY -> (LinearMemory) instance.memory(index);
            case GLOBAL -> (GuestGlobal) instance.global(index);
            case TAG -> machine.tag(index);
        };
    }
}
