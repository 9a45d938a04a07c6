package dev.virga.component.binary;

import dev.virga.engine.FuncType;
import dev.virga.engine.ModuleType;

/** A {@code core:type} definition inside a component. */
public sealed interface CoreTypeDef {
    record Func(FuncType type) implements CoreTypeDef {}

    /** A module type; outer aliases inside it are resolved by the decoder's caller. */
    record Module(java.util.List<ModuleDecl> declarations) implements CoreTypeDef {}

    /** A declaration inside a module type. */
    sealed interface ModuleDecl {
        record Type(CoreTypeDef type) implements ModuleDecl {}

        record OuterAlias(int count, int index) implements ModuleDecl {}

        record Import(String module, String name, CoreExtern type) implements ModuleDecl {}

        record Export(String name, CoreExtern type) implements ModuleDecl {}
    }

    /** A core {@code importdesc}: function types are indices, the others are complete. */
    sealed interface CoreExtern {
        record Func(int type) implements CoreExtern {}

        record Other(dev.virga.engine.ExternType type) implements CoreExtern {}

        record Tag(int type) implements CoreExtern {}
    }
}
