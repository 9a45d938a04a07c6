package dev.virga.wit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the files declare, by package and by full name; not resolved. */
final class Declarations {

    /** An interface or world. */
    record Declared(Id id, Scope scope, Ast.Item item) {

        Annotations annotations() {
            return item.annotations();
        }
    }

    /** A package: what its files say together. */
    record PackageItems(
            List<Scope> scopes, int at, StringBuilder docs, List<Declared> items, List<Extract> text) {

        PackageItems(int at) {
            this(new ArrayList<>(), at, new StringBuilder(), new ArrayList<>(), new ArrayList<>());
        }

        WitException error(String problem) {
            return scopes.getFirst().error(at, problem);
        }
    }

    /** A part of a file. */
    record Extract(Source source, int start, int end) {}

    private final Problems problems;
    private final Map<PackageName, PackageItems> packages = new LinkedHashMap<>();
    private final Map<Id, Declared> byId = new HashMap<>();

    Declarations(Problems problems) {
        this.problems = problems;
    }

    Map<PackageName, PackageItems> packages() {
        return packages;
    }

    /** Adds the packages of a folder. One that is there already is left out if it is the same. */
    void addFolder(List<Ast> files) {
        Declarations folder = new Declarations(problems);
        folder.readFolder(files);
        Set<PackageName> repeated = new HashSet<>();
        folder.packages.forEach((name, pack) -> {
            PackageItems known = packages.putIfAbsent(name, pack);
            if (known != null) {
                repeated.add(name);
                if (!SameText.in(known.text, pack.text)) {
                    throw pack.error("the package " + name + " is also defined in "
                            + known.scopes.getFirst().source().name() + ", with another content");
                }
            }
        });
        folder.byId.forEach((id, declared) -> {
            if (!repeated.contains(id.packageName())) {
                byId.put(id, declared);
            }
        });
    }

    /** Adds the package of a file if there is none of its name yet. */
    void addIfUnknown(Ast file) {
        if (file.packageDecl().filter(decl -> packages.containsKey(decl.name())).isEmpty()) {
            addFolder(List.of(file));
        }
    }

    private void readFolder(List<Ast> files) {
        Optional<Ast> naming = files.stream().filter(f -> f.packageDecl().isPresent()).findFirst();
        Optional<Ast.PackageDecl> decl = naming.flatMap(Ast::packageDecl);
        for (Ast file : files) {
            file.packageDecl().ifPresent(own -> requireSame(file, own, naming.orElseThrow()));
            if (decl.isPresent()) {
                add(file.source(), decl.get().name(), file.packageDecl(), file.items());
                addText(file, packages.get(decl.get().name()).text);
            } else if (!file.items().isEmpty() || file.nested().isEmpty()) {
                throw file.source().unnamed();
            }
        }
        files.forEach(file -> file.nested().forEach(n -> addNested(file, n)));
    }

    /** All of a file but the packages nested in it. */
    private static void addText(Ast file, List<Extract> text) {
        int start = 0;
        for (Ast.NestedPackage nested : file.nested()) {
            text.add(new Extract(file.source(), start, nested.decl().at()));
            start = nested.end();
        }
        text.add(new Extract(file.source(), start, file.source().text().length()));
    }

    private void addNested(Ast file, Ast.NestedPackage nested) {
        PackageName name = nested.decl().name();
        if (packages.containsKey(name)) {
            throw file.source().error(nested.decl().at(), "the package " + name + " is defined twice here");
        }
        add(file.source(), name, Optional.of(nested.decl()), nested.items());
        packages.get(name).text.add(new Extract(file.source(), nested.decl().at(), nested.end()));
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
        PackageItems pack = packages.computeIfAbsent(name, n -> new PackageItems(at));
        decl.map(Ast.PackageDecl::docs).filter(d -> !d.isEmpty()).ifPresent(
                d -> pack.docs().append(pack.docs().isEmpty() ? "" : "\n").append(d));
        pack.scopes().add(scope);
        UniqueNames names = new UniqueNames(scope);
        for (Ast.Item item : items) {
            problems.attempt(() -> {
                names.add(item.name(), "this file");
                add(scope, item, pack);
            });
        }
    }

    private void add(Scope scope, Ast.Item item, PackageItems pack) {
        PackageName name = scope.packageName();
        if (item instanceof Ast.TopUse(Ast.Name alias, Ast.Path path, Annotations annotations)) {
            if (!annotations.gate().equals(Gate.NONE)) {
                problems.warn(scope.source(), path.at(), "a gate before a top-level 'use' has no effect; gate what uses it");
            }
            scope.uses().put(alias.text(), new Scope.Used(
                    new Id(path.packageName().orElse(name), path.name().text()), path.at()));
            return;
        }
        Declared declared = new Declared(new Id(name, item.name().text()), scope, item);
        if (byId.putIfAbsent(declared.id(), declared) != null) {
            throw scope.error(item.name(), "'" + item.name().text() + "' is there twice in the package " + name);
        }
        pack.items().add(declared);
    }

    /** Checks that top-level uses name interfaces, be they needed or not. */
    void checkUses() {
        for (PackageItems pack : packages.values()) {
            for (Scope scope : pack.scopes) {
                scope.uses().values().forEach(used -> problems.attempt(() -> checkUse(scope, used)));
            }
        }
    }

    private void checkUse(Scope scope, Scope.Used used) {
        if (find(scope, used.id(), used.at()).item instanceof Ast.WorldDecl) {
            throw scope.error(used.at(), "'" + used.id() + "' is a world; only interfaces can be used");
        }
    }

    /** What a path names. */
    Declared find(Scope scope, Ast.Path path) {
        return find(scope, scope.id(path), path.at());
    }

    private Declared find(Scope scope, Id id, int at) {
        Declared declared = byId.get(id);
        if (declared == null) {
            throw scope.error(at, unknown(id));
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
        return "the package " + name + " is not known; "
                + (others.isEmpty() ? "`virga wit add " + name + "` fetches it" : "there is " + others);
    }
}
