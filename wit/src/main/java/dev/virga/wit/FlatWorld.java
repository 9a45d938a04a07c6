package dev.virga.wit;

import java.util.List;
import java.util.Map;

/** The items of a world with those of included worlds among them, each in the scope of its own file. */
record FlatWorld(Map<String, Entry> imports, Map<String, Entry> exports, int depth) {

    sealed interface Entry {

        /** This entry under another name. A type takes its name from its scope. */
        Entry named(Ast.Name other);

        /** This entry with other names for the types of its world. */
        Entry renamingTypes(Map<String, String> types);
    }

    record Used(Scope scope, Ast.Path path, Ast.UseName name, Annotations annotations) implements Entry {
        @Override
        public Entry named(Ast.Name other) {
            return this;
        }

        @Override
        public Entry renamingTypes(Map<String, String> types) {
            return new Used(scope.renaming(types), path, name, annotations);
        }
    }

    record Typed(Scope scope, Ast.TypeDecl decl) implements Entry {
        @Override
        public Entry named(Ast.Name other) {
            return this;
        }

        @Override
        public Entry renamingTypes(Map<String, String> types) {
            return new Typed(scope.renaming(types), decl);
        }
    }

    record ByPath(Interface type, Annotations annotations) implements Entry {
        @Override
        public Entry named(Ast.Name other) {
            return new Renamed(other, type, annotations);
        }

        @Override
        public Entry renamingTypes(Map<String, String> types) {
            return this;
        }
    }

    record Renamed(Ast.Name name, Interface type, Annotations annotations) implements Entry {
        @Override
        public Entry named(Ast.Name other) {
            return new Renamed(other, type, annotations);
        }

        @Override
        public Entry renamingTypes(Map<String, String> types) {
            return this;
        }
    }

    /** Its items do not see the types of the world. */
    record Inline(Scope scope, Ast.Name name, List<Ast.InterfaceItem> items, Annotations annotations) implements Entry {
        @Override
        public Entry named(Ast.Name other) {
            return new Inline(scope, other, items, annotations);
        }

        @Override
        public Entry renamingTypes(Map<String, String> types) {
            return this;
        }
    }

    record Func(Scope scope, Ast.FuncDecl decl) implements Entry {
        @Override
        public Entry named(Ast.Name other) {
            return new Func(scope, new Ast.FuncDecl(other, decl.kind(), decl.type(), decl.annotations()));
        }

        @Override
        public Entry renamingTypes(Map<String, String> types) {
            return new Func(scope.renaming(types), decl);
        }
    }
}
