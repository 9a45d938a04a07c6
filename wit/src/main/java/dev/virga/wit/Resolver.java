package dev.virga.wit;

import dev.virga.wit.Declarations.Declared;
import dev.virga.wit.Declarations.PackageItems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what every name stands for, and puts packages in the order of their dependence. */
final class Resolver {

    private final Features features;
    private final Declarations declarations = new Declarations();
    private final Limits limits = new Limits();
    private final Set<Id> inProgress = new HashSet<>();
    private final InterfaceResolver interfaces = new InterfaceResolver(this);
    private final WorldResolver worlds = new WorldResolver(this, interfaces);

    Resolver(Features features) {
        this.features = features;
    }

    Limits limits() {
        return limits;
    }

    Resolution resolve(List<List<Source>> folders) {
        folders.forEach(folder -> declarations.addFolder(folder.stream().map(Parser::parse).toList()));
        declarations.checkUses();
        List<Package> resolved = new ArrayList<>();
        declarations.packages().forEach((name, items) -> resolved.add(resolve(name, items)));
        PackageOrder.of(resolved, name -> {
            throw declarations.packages().get(name).error("the package " + name
                    + " depends on itself by way of others");
        });
        return new Resolution(resolved);
    }

    private Package resolve(PackageName name, PackageItems items) {
        List<Interface> found = new ArrayList<>();
        List<World> foundWorlds = new ArrayList<>();
        for (Declared declared : items.items()) {
            if (!admit(declared.annotations(), declared.scope(), declared.item().name().at())) {
                continue;
            }
            if (declared.item() instanceof Ast.WorldDecl world) {
                foundWorlds.add(worlds.resolve(declared, world));
            } else {
                found.add(interfaces.resolve(declared, declared.scope(), declared.item().name().at()));
            }
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
}
