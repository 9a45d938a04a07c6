package dev.virga.component.compose;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.CoreTypeDef;
import dev.virga.component.binary.CoreTypeDef.CoreExtern;
import dev.virga.component.binary.CoreTypeDef.ModuleDecl;
import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import dev.virga.engine.HeapType;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ValType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the type of a core module that is imported. */
final class ModuleTypes {

    private final List<ModuleDecl> declarations = new ArrayList<>();
    private final Map<FuncType, Integer> functions = new HashMap<>();

    private ModuleTypes() {}

    static CoreTypeDef.Module definition(ModuleType type) {
        ModuleTypes types = new ModuleTypes();
        for (ModuleType.Import i : type.imports()) {
            types.declarations.add(new ModuleDecl.Import(0, i.module(), i.name(), types.extern(i.type())));
        }
        for (ModuleType.Export e : type.exports()) {
            types.declarations.add(new ModuleDecl.Export(0, e.name(), types.extern(e.type())));
        }
        return new CoreTypeDef.Module(types.declarations);
    }

    private CoreExtern extern(ExternType type) {
        return switch (type) {
            case ExternType.Func(FuncType function) -> new CoreExtern.Func(index(function));
            case ExternType.Tag(FuncType function) -> new CoreExtern.Tag(index(function));
            case ExternType.Table(var table) -> {
                check(table.element());
                yield new CoreExtern.Other(type);
            }
            case ExternType.Global(var global) -> {
                check(global.value());
                yield new CoreExtern.Other(type);
            }
            case ExternType.Memory _ -> new CoreExtern.Other(type);
        };
    }

    private int index(FuncType function) {
        Integer known = functions.get(function);
        if (known != null) {
            return known;
        }
        function.params().forEach(ModuleTypes::check);
        function.results().forEach(ModuleTypes::check);
        declarations.add(new ModuleDecl.Type(0, new CoreTypeDef.Func(function)));
        functions.put(function, functions.size());
        return functions.size() - 1;
    }

    private static void check(ValType type) {
        if (type instanceof ValType.Ref(boolean _, HeapType.Defined _)) {
            throw new ComponentException.Unsupported("an import of a core module whose type has references to types"
                    + " that the module defines");
        }
    }
}
