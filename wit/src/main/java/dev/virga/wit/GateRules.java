package dev.virga.wit;

import dev.virga.wit.Ast.TypeBody;
import dev.virga.wit.Ast.TypeExpr;
import dev.virga.wit.Declarations.Declared;
import dev.virga.wit.Declarations.PackageItems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Warns of items that are there where something they need is not (WIT.md, "Rules for feature gate
 * usage"). WASI itself breaks these rules, so they are no errors. They concern one package: versions
 * of others say nothing about this one's.
 */
final class GateRules {

    private final Declarations declarations;
    private final Problems problems;

    GateRules(Declarations declarations, Problems problems) {
        this.declarations = declarations;
        this.problems = problems;
    }

    void check() {
        for (PackageItems pack : declarations.packages().values()) {
            pack.items().forEach(this::check);
        }
    }

    private void check(Declared declared) {
        Gate gate = declared.annotations().gate();
        checkVersion(declared.scope(), gate, declared.item().name().at());
        switch (declared.item()) {
            case Ast.InterfaceDecl i -> new Block(declared.scope(), gate).interfaceItems(i.items());
            case Ast.WorldDecl w -> new Block(declared.scope(), gate).worldItems(w.items());
            case Ast.TopUse _ -> { }
        }
    }

    private void checkVersion(Scope scope, Gate gate, int at) {
        if (gate.unstable().isPresent() && scope.packageName().version().isEmpty()) {
            problems.warn(scope.source(), at, "a package with feature gates needs a version; " + scope.packageName() + " has none");
        }
    }

    /** The items of an interface or world, which all stand within its gate. */
    private final class Block {

        private final Scope scope;
        private final Gate around;
        private final Map<String, Gate> types = new HashMap<>();

        Block(Scope scope, Gate around) {
            this.scope = scope;
            this.around = around;
        }

        void interfaceItems(List<Ast.InterfaceItem> items) {
            items.forEach(this::declare);
            for (Ast.InterfaceItem item : items) {
                switch (item) {
                    case Ast.Use use -> use(use);
                    case Ast.TypeDecl type -> type(type);
                    case Ast.FuncDecl function -> function(function, around);
                }
            }
        }

        void worldItems(List<Ast.WorldItem> items) {
            items.forEach(this::declare);
            for (Ast.WorldItem item : items) {
                switch (item) {
                    case Ast.Use use -> use(use);
                    case Ast.TypeDecl type -> type(type);
                    case Ast.Include i -> path(i.path(), contained(i.annotations().gate(), around, i.path().at()));
                    case Ast.Extern extern -> extern(extern);
                }
            }
        }

        private void extern(Ast.Extern extern) {
            Gate own = contained(extern.annotations().gate(), around, extern.at());
            switch (extern.type()) {
                case Ast.ExternType.ByPath(Ast.Path path) -> path(path, own);
                case Ast.ExternType.Renamed(Ast.Name _, Ast.Path path) -> path(path, own);
                case Ast.ExternType.Inline(Ast.Name _, var items) -> new Block(scope, own).interfaceItems(items);
                case Ast.ExternType.Func(Ast.FuncDecl function) -> references(function.type(), own);
            }
        }

        private void declare(Object item) {
            if (item instanceof Ast.TypeDecl type) {
                types.put(type.name().text(), around.around(type.annotations().gate()));
            } else if (item instanceof Ast.Use use) {
                Gate gate = around.around(use.annotations().gate());
                use.names().forEach(n -> types.put(n.name().text(), gate));
            }
        }

        private void use(Ast.Use use) {
            Gate own = contained(use.annotations().gate(), around, use.path().at());
            path(use.path(), own).ifPresent(declared -> {
                Map<String, Gate> gates = new HashMap<>();
                Gate outer = declared.annotations().gate();
                ((Ast.InterfaceDecl) declared.item()).items().forEach(item -> {
                    if (item instanceof Ast.TypeDecl type) {
                        gates.put(type.name().text(), outer.around(type.annotations().gate()));
                    }
                });
                use.names().forEach(n -> reference(n.original(), gates, own));
            });
        }

        private void type(Ast.TypeDecl type) {
            Gate own = contained(type.annotations().gate(), around, type.name().at());
            switch (type.body()) {
                case TypeBody.Alias(TypeExpr of) -> references(of, own);
                case TypeBody.Record(List<Ast.Field> fields) -> fields.forEach(f -> references(f.type(), own));
                case TypeBody.Variant(List<Ast.Case> cases) ->
                    cases.forEach(c -> c.type().ifPresent(t -> references(t, own)));
                case TypeBody.Resource(List<Ast.FuncDecl> functions) -> functions.forEach(f -> function(f, own));
                case TypeBody.Enum _, TypeBody.Flags _ -> { }
            }
        }

        private void function(Ast.FuncDecl function, Gate outer) {
            references(function.type(), contained(function.annotations().gate(), outer, function.name().at()));
        }

        private void references(Ast.FuncType type, Gate own) {
            type.params().forEach(p -> references(p.type(), own));
            type.result().ifPresent(r -> references(r, own));
        }

        private void references(TypeExpr type, Gate own) {
            switch (type) {
                case TypeExpr.Primitive _ -> { }
                case TypeExpr.Named(Ast.Name name) -> reference(name, types, own);
                case TypeExpr.Own(Ast.Name name) -> reference(name, types, own);
                case TypeExpr.Borrow(Ast.Name name) -> reference(name, types, own);
                case TypeExpr.ListOf(TypeExpr element) -> references(element, own);
                case TypeExpr.FixedList(TypeExpr element, int _) -> references(element, own);
                case TypeExpr.MapOf(Type.Primitive _, TypeExpr value) -> references(value, own);
                case TypeExpr.Option(TypeExpr some) -> references(some, own);
                case TypeExpr.Result(Optional<TypeExpr> ok, Optional<TypeExpr> error) -> {
                    ok.ifPresent(t -> references(t, own));
                    error.ifPresent(t -> references(t, own));
                }
                case TypeExpr.Tuple(List<TypeExpr> types) -> types.forEach(t -> references(t, own));
                case TypeExpr.Stream(Optional<TypeExpr> element, int _) -> element.ifPresent(t -> references(t, own));
                case TypeExpr.Future(Optional<TypeExpr> element, int _) -> element.ifPresent(t -> references(t, own));
            }
        }

        /** The gate of an item of this block. */
        private Gate contained(Gate written, Gate outer, int at) {
            checkVersion(scope, written, at);
            Gate own = outer.around(written);
            // Without a gate of its own it is as gated as what it stands in, but must say so.
            outer.lackedBy(written).ifPresent(lack ->
                    problems.warn(scope.source(), at, "this is part of something that is gated, so it needs " + lack + " too"));
            return own;
        }

        /** What a path names, if it is of this package. */
        private Optional<Declared> path(Ast.Path path, Gate own) {
            Declared declared = declarations.find(scope, path);
            if (!declared.id().packageName().equals(scope.packageName())) {
                return Optional.empty();
            }
            declared.annotations().gate().lackedBy(own).ifPresent(lack -> problems.warn(scope.source(), path.at(),
                    "'" + declared.id().name() + "' is gated, so what refers to it needs " + lack + " too"));
            return Optional.of(declared);
        }

        private void reference(Ast.Name name, Map<String, Gate> gates, Gate own) {
            gates.getOrDefault(name.text(), Gate.NONE).lackedBy(own).ifPresent(lack -> problems.warn(scope.source(), name.at(),
                    "'" + name.text() + "' is gated, so what refers to it needs " + lack + " too"));
        }
    }
}
