package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.ExternType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.HeapType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.util.List;

/** Whether externs fit a module's imports (core specification, section 3.5). */
record ImportCheck(PortableModule module) {

    void check(List<Extern> externs) {
        List<ModuleType.Import> imports = module.type().imports();
        if (imports.size() != externs.size()) {
            throw new ModuleException.Link(
                    "the module has " + imports.size() + " imports, but " + externs.size() + " were given");
        }
        int function = 0;
        int tag = 0;
        for (int i = 0; i < externs.size(); i++) {
            ModuleType.Import wanted = imports.get(i);
            int position = wanted.type() instanceof ExternType.Tag ? tag++ : function;
            boolean fits = fits(wanted.type(), externs.get(i), position);
            if (!fits) {
                throw new ModuleException.Link("incompatible import type for " + wanted.module() + "."
                        + wanted.name() + ": wanted " + wanted.type() + ", got " + describe(externs.get(i)));
            }
            if (wanted.type() instanceof ExternType.Func) {
                function++;
            }
        }
    }

    private static String describe(Extern extern) {
        return switch (extern) {
            case Extern.Func f -> "a function " + f.type();
            case Extern.Memory m -> "a memory " + current(m);
            case Extern.Table t -> "a table " + current(t);
            case Extern.Global g -> "a global " + g.type();
            case Extern.Tag t -> "a tag " + t.type();
        };
    }

    /** @param position where it stands among the imported functions or tags */
    private boolean fits(ExternType wanted, Extern given, int position) {
        return switch (wanted) {
            case ExternType.Func w -> given instanceof Extern.Func f && fitsFunction(w, f, position);
            case ExternType.Memory w -> given instanceof Extern.Memory m
                    && w.type().shared() == m.type().shared()
                    && current(m).limits().matches(w.type().limits());
            case ExternType.Table w -> given instanceof Extern.Table t
                    && current(t).element().equals(w.type().element())
                    && current(t).limits().matches(w.type().limits());
            case ExternType.Global w -> given instanceof Extern.Global g && fitsGlobal(w.type(), g);
            case ExternType.Tag w -> given instanceof GuestTag t
                    && t.hasType(module.plan().importedTagTypes()[position], module.plan().types());
        };
    }

    private boolean fitsFunction(ExternType.Func wanted, Extern.Func given, int function) {
        int type = module.plan().functionTypes()[function];
        return given instanceof GuestFunction guest
                ? guest.machine().module().hasType(guest.index(), type, module)
                : given.type().equals(wanted.type());
    }

    private static boolean fitsGlobal(GlobalType wanted, Extern.Global given) {
        GlobalType type = given.type();
        return wanted.mutable() == type.mutable()
                && (wanted.value().equals(type.value())
                        || !wanted.mutable()
                                && wanted.value() instanceof ValType.Ref w
                                && type.value() instanceof ValType.Ref g
                                && (w.nullable() || !g.nullable())
                                && (w.heap().equals(g.heap()) || isFunction(given) && w.heap() == HeapType.Abstract.FUNC));
    }

    private static boolean isFunction(Extern.Global global) {
        return ((GuestGlobal) global).isIntReference()
                && global.type().value() instanceof ValType.Ref ref
                && ref.heap() != HeapType.Abstract.EXN;
    }

    /** A memory's type with its size as it is now. */
    private static MemoryType current(Extern.Memory memory) {
        Limits limits = memory.type().limits();
        long pages = memory.segment().byteSize() / LinearMemory.PAGE;
        return new MemoryType(new Limits(pages, limits.max(), limits.is64()), memory.type().shared());
    }

    private static TableType current(Extern.Table table) {
        Limits limits = table.type().limits();
        return new TableType(table.type().element(), new Limits(table.size(), limits.max(), limits.is64()));
    }
}
