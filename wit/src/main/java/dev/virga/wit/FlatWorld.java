package dev.virga.wit;

import java.util.List;
import java.util.Map;

/** The items of a world with those of included worlds among them, each in the scope of its own file. */
record FlatWorld(Map<String, Entry> imports, Map<String, Entry> exports, int depth) {

    sealed interface Entry {}

    record Used(Scope scope, Ast.Path path, Ast.UseName name, Annotations annotations) implements Entry {}

    record Typed(Scope scope, Ast.TypeDecl decl) implements Entry {}

    record ByPath(Interface type, Annotations annotations) implements Entry {}

    record Renamed(Ast.Name name, Interface type, Annotations annotations) implements Entry {}

    record Inline(Scope scope, Ast.Name name, List<Ast.InterfaceItem> items, Annotations annotations) implements Entry {}

    record Func(Scope scope, Ast.FuncDecl decl) implements Entry {}
}
