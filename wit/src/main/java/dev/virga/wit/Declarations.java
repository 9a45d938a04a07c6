package dev.virga.wit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the files declare, by package and by full name; not resolved. */
final class Declarations {

    /** An interface or world. */
    record Declared(Id id, Scope scope, Ast.Item item) {

        Annotations annotations() {
            return switch (item) {
                case Ast.InterfaceDecl i -> i.annotations();
                case Ast.WorldDecl w -> w.annotations();
                case Ast.TopUse u -> Annotations.NONE;
            };
        }
    }

    /** A package: what its files say together. */
    record PackageItems(Scope scope, int at, StringBuilder docs, List<Declared> items) {}

    private final Map<PackageName, PackageItems> packages = new LinkedHashMap<>();
    private final Map<Id, Declared> byId = new HashMap<>();

    Map<PackageName, PackageItems> packages() {
        return packages;
    }

    void addFolder(List<Ast> files) {
        Optional<Ast> naming = files.stream().filter(f -> f.packageDecl().isPresent()).findFirst();
        for (Ast file : files) {
            file.packageDecl().ifPresent(own -> requireSame(file, own, naming.orElseThrow()));
            Optional<Ast.PackageDecl> decl = naming.flatMap(Ast::packageDecl);
            if (decl.isPresent()) {
                add(file.source(), decl.get().name(), file.packageDecl(), file.items());
            } else if (!file.items().isEmpty()) {
                throw file.source().error(0, "no file here names the package; begin with 'package namespace:name;'");
            }
            file.nested().forEach(n -> add(file.source(), n.decl().name(), Optional.of(n.decl()), n.items()));
        }
    }

    private static void requireSame(Ast file, Ast.PackageDecl own, Ast naming) {
        PackageName name = naming.packageDecl().orElseThrow().name();
        if (!own.name().equals(name)) {
            throw file.source().error(own.at(),
                    "the package is called " + own.name() + " here, but " + name + " in " + naming.source().name());
        }
    }

    private void add(Source source, PackageName name, Optional<Ast.PackageDecl> decl, List<Ast.Item> items) {
        Scope scope = new Scope(source, name);
        int at = decl.map(Ast.PackageDecl::at).orElse(0);
        PackageItems pack = packages.computeIfAbsent(name,
                n -> new PackageItems(scope, at, new StringBuilder(), new ArrayList<>()));
        decl.map(Ast.PackageDecl::docs).filter(d -> !d.isEmpty()).ifPresent(
                d -> pack.docs().append(pack.docs().isEmpty() ? "" : "\n").append(d));
        UniqueNames names = new UniqueNames(scope);
        for (Ast.Item item : items) {
            names.add(item.name(), "this file");
            if (item instanceof Ast.TopUse(Ast.Name alias, Ast.Path path)) {
                scope.uses().put(alias.text(), path);
                continue;
            }
            Declared declared = new Declared(new Id(name, item.name().text()), scope, item);
            if (byId.putIfAbsent(declared.id(), declared) != null) {
                throw scope.error(item.name(), "'" + item.name().text() + "' is there twice in the package " + name);
            }
            pack.items().add(declared);
        }
    }

    /** What a path names. */
    Declared find(Scope scope, Ast.Path path) {
        Id id = scope.id(path);
        Declared declared = byId.get(id);
        if (declared == null) {
            throw scope.error(path.at(), unknown(id));
        }
        return declared;
    }

    private String unknown(Id id) {
        PackageName name = id.packageName();
        if (packages.containsKey(name)) {
            return "the package " + name + " has no '" + id.name() + "'";
        }
        String others = packages.keySet().stream()
                .filter(p -> p.namespace().equals(name.namespace()) && p.name().equals(name.name()))
                .map(PackageName::toString)
                .collect(Collectors.joining(", "));
        return "the package " + name + " is not known" + (others.isEmpty() ? "" : "; there is " + others);
    }
}
