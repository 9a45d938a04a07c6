package dev.virga.wit;

import dev.virga.wit.Declarations.Declared;
import dev.virga.wit.Declarations.PackageItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what every name stands for, and puts packages in the order of their dependence. */
final class Resolver {

    private final Features features;
    private final Problems problems;
    private final Declarations declarations;
    private final Limits limits = new Limits();
    private final Set<Id> inProgress = new HashSet<>();
    private final Map<Id, WitException> refused = new HashMap<>();
    private final InterfaceResolver interfaces = new InterfaceResolver(this);
    private final WorldResolver worlds = new WorldResolver(this, interfaces);

    Resolver(Features features, Problems problems) {
        this.features = features;
        this.problems = problems;
        this.declarations = new Declarations(problems);
    }

    Problems problems() {
        return problems;
    }

    Limits limits() {
        return limits;
    }

    /** Stops behind parsing if there is a mistake: what could not be read would be missed everywhere. */
    Resolution resolve(List<List<Source>> folders, List<Source> fallbacks) {
        List<List<Ast>> parsed = folders.stream().map(this::parse).toList();
        List<Ast> otherwise = parse(fallbacks);
        if (problems.none()) {
            parsed.forEach(folder -> problems.attempt(() -> declarations.addFolder(folder)));
            otherwise.forEach(file -> problems.attempt(() -> declarations.addIfUnknown(file)));
        }
        if (!problems.none()) {
            return new Resolution(List.of());
        }
        declarations.checkUses();
        List<Package> resolved = new ArrayList<>();
        declarations.packages().forEach((name, items) -> resolved.add(resolve(name, items)));
        PackageOrder.of(resolved, name -> problems.attempt(() -> {
            throw declarations.packages().get(name).error("the package " + name
                    + " depends on itself by way of others");
        }));
        if (problems.none()) {
            new GateRules(declarations, problems).check();
        }
        return new Resolution(resolved);
    }

    private List<Ast> parse(List<Source> folder) {
        List<Ast> files = new ArrayList<>();
        folder.forEach(file -> problems.attempt(() -> files.add(Parser.parse(file, problems))));
        return files;
    }

    private Package resolve(PackageName name, PackageItems items) {
        List<Interface> found = new ArrayList<>();
        List<World> foundWorlds = new ArrayList<>();
        for (Declared declared : items.items()) {
            problems.attempt(() -> {
                int at = declared.item().name().at();
                if (!admit(declared.annotations(), declared.scope(), at)) {
                    return;
                }
                if (declared.item() instanceof Ast.WorldDecl world) {
                    foundWorlds.add(worlds.resolve(declared, world));
                } else {
                    found.add(interfaces.resolve(declared, declared.scope(), at));
                }
            });
        }
        return new Package(name, items.docs().toString(), found, foundWorlds);
    }

    /** Whether an item is there, its gate being valid. */
    boolean admit(Annotations annotations, Scope scope, int at) {
        scope.checkGate(annotations.gate(), at);
        return features.admit(annotations.gate());
    }

    /** What a path names; it must be enabled. */
    Declared find(Scope scope, Ast.Path path) {
        Declared declared = declarations.find(scope, path);
        Gate gate = declared.annotations().gate();
        if (!features.admit(gate)) {
            throw scope.error(path.at(), "'" + declared.id() + "' needs the feature '" + gate.unstable().orElseThrow()
                    + "', which is not enabled");
        }
        return declared;
    }

    /** Begins a resolution that may come back to itself; {@link #leave} ends it. */
    void enter(Declared declared, Scope from, int at) {
        WitException mistake = refused.get(declared.id());
        if (mistake != null) {
            throw mistake;
        }
        if (!inProgress.add(declared.id())) {
            throw from.error(at, "'" + declared.id() + "' depends on itself");
        }
        if (inProgress.size() > Limits.MAX_DEPTH) {
            throw from.error(at, "interfaces and worlds depend on each other over more than " + Limits.MAX_DEPTH
                    + " steps");
        }
    }

    void leave(Declared declared) {
        inProgress.remove(declared.id());
    }

    /** Refuses what was resolved, for all that refer to it. */
    WitException refuse(Declared declared, WitException mistake) {
        refused.put(declared.id(), mistake);
        return mistake;
    }
}
