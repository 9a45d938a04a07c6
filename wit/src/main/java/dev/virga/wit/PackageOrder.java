package dev.virga.wit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Puts packages behind those they refer to, in an order that depends on the model alone. */
final class PackageOrder {

    private record Visit(PackageName name, Iterator<PackageName> open) {}

    private PackageOrder() {}

    /** @param circle told of a package that depends on itself by way of others */
    static List<Package> of(Collection<Package> packages, Consumer<PackageName> circle) {
        Map<PackageName, Package> byName = new LinkedHashMap<>();
        packages.forEach(p -> byName.put(p.name(), p));
        Map<PackageName, Package> ordered = new LinkedHashMap<>();
        Set<PackageName> inProgress = new LinkedHashSet<>();
        Deque<Visit> path = new ArrayDeque<>();
        for (PackageName root : byName.keySet()) {
            visit(root, byName, ordered, inProgress, path);
            while (!path.isEmpty()) {
                Visit top = path.peek();
                if (!top.open.hasNext()) {
                    path.pop();
                    inProgress.remove(top.name);
                    ordered.put(top.name, byName.get(top.name));
                    continue;
                }
                PackageName next = top.open.next();
                if (inProgress.contains(next)) {
                    circle.accept(next);
                } else {
                    visit(next, byName, ordered, inProgress, path);
                }
            }
        }
        return List.copyOf(ordered.values());
    }

    private static void visit(PackageName name, Map<PackageName, Package> byName, Map<PackageName, Package> ordered,
            Set<PackageName> inProgress, Deque<Visit> path) {
        if (!ordered.containsKey(name) && byName.containsKey(name)) {
            inProgress.add(name);
            path.push(new Visit(name, dependencies(byName.get(name)).iterator()));
        }
    }

    private static Set<PackageName> dependencies(Package of) {
        Set<PackageName> names = new LinkedHashSet<>();
        of.interfaces().forEach(i -> addUses(i.types(), names));
        for (World world : of.worlds()) {
            world.imports().forEach(i -> addItem(i, names));
            world.exports().forEach(i -> addItem(i, names));
        }
        names.remove(of.name());
        return names;
    }

    private static void addItem(World.Item item, Set<PackageName> names) {
        switch (item) {
            case World.Item.Named i -> names.add(i.type().id().packageName());
            case World.Item.Renamed i -> names.add(i.type().id().packageName());
            case World.Item.Inline i -> addUses(i.type().types(), names);
            case World.Item.Type(TypeDef type) -> addUses(List.of(type), names);
            case World.Item.Func f -> { }
        }
    }

    private static void addUses(List<TypeDef> types, Set<PackageName> names) {
        for (TypeDef type : types) {
            if (type.kind() instanceof TypeDef.Kind.Use(TypeDef used)) {
                names.add(used.owner().packageName());
            }
        }
    }
}
