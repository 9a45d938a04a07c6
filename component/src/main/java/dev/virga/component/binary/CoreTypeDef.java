package dev.virga.component.binary;

import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import java.util.List;

/** A {@code core:type} definition inside a component. */
public sealed interface CoreTypeDef {

    record Func(FuncType type) implements CoreTypeDef {}

    /** A struct, an array, a subtype, a recursive group or a shared type; nothing can refer to its content. */
    record Aggregate() implements CoreTypeDef {}

    record Module(List<ModuleDecl> declarations) implements CoreTypeDef {}

    /** A declaration inside a module type; {@code offset} is its first byte. */
    sealed interface ModuleDecl {
        int offset();

        record Type(int offset, CoreTypeDef type) implements ModuleDecl {}

        record OuterAlias(int offset, int count, int index) implements ModuleDecl {}

        record Import(int offset, String module, String name, CoreExtern type) implements ModuleDecl {}

        record Export(int offset, String name, CoreExtern type) implements ModuleDecl {}
    }

    /** A core {@code externtype}: types of functions and tags are indices, the others are complete. */
    sealed interface CoreExtern {
        record Func(int type) implements CoreExtern {}

        record Tag(int type) implements CoreExtern {}

        record Other(ExternType type) implements CoreExtern {}
    }
}
