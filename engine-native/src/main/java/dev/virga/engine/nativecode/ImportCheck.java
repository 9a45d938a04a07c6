package dev.virga.engine.nativecode;

import dev.virga.engine.Extern;
import dev.virga.engine.ExternType;
import dev.virga.engine.Limits;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import java.util.List;

/** Whether externs fit a module's imports (core specification, section 3.5) and are of the store. */
record ImportCheck(NativeModule module, NativeStore store) {

    void check(List<Extern> externs) {
        List<ModuleType.Import> imports = module.type().imports();
        if (imports.size() != externs.size()) {
            throw new ModuleException.Link(
                    "the module has " + imports.size() + " imports, but " + externs.size() + " were given");
        }
        int function = 0;
        for (int i = 0; i < externs.size(); i++) {
            ModuleType.Import wanted = imports.get(i);
            boolean fits = wanted.type() instanceof ExternType.Func
                    ? fitsFunction(externs.get(i), module.importedFunctions().get(function++))
                    : fits(wanted.type(), externs.get(i));
            if (!fits) {
                throw new ModuleException.Link("incompatible import type for " + wanted.module() + "."
                        + wanted.name() + ": wanted " + wanted.type() + ", got " + describe(externs.get(i)));
            }
        }
    }

    private boolean fitsFunction(Extern given, ImportedFunction wanted) {
        return switch (given) {
            case NativeFunction f -> f.store() == store && wanted.fits(f.type());
            case HostFunction f -> f.store() == store && wanted.fits(f.type());
            default -> false;
        };
    }

    private boolean fits(ExternType wanted, Extern given) {
        return switch (wanted) {
            case ExternType.Func w -> throw new IllegalStateException("functions are checked by themselves");
            case ExternType.Memory w -> given instanceof NativeMemory m
                    && m.store() == store
                    && w.type().shared() == m.type().shared()
                    && current(m).matches(w.type().limits());
            case ExternType.Table w -> given instanceof NativeTable t
                    && t.store() == store
                    && t.type().element().equals(w.type().element())
                    && current(t).matches(w.type().limits());
            case ExternType.Global w -> given instanceof NativeGlobal g
                    && g.store() == store
                    && g.type().equals(w.type());
            case ExternType.Tag w -> given instanceof NativeTag t
                    && t.store() == store
                    && t.type().equals(w.type());
        };
    }

    /** The limits with the size as it is now. */
    private static Limits current(NativeMemory memory) {
        Limits limits = memory.type().limits();
        return new Limits(memory.segment().byteSize() / NativeMemory.PAGE, limits.max(), limits.is64());
    }

    private static Limits current(NativeTable table) {
        Limits limits = table.type().limits();
        return new Limits(table.size(), limits.max(), limits.is64());
    }

    private static String describe(Extern extern) {
        return switch (extern) {
            case Extern.Func f -> "a function " + f.type();
            case Extern.Memory m -> "a memory " + m.type();
            case Extern.Table t -> "a table " + t.type();
            case Extern.Global g -> "a global " + g.type();
            case Extern.Tag t -> "a tag " + t.type();
        };
    }
}
