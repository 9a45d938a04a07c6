package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ExternName;
import dev.virga.wit.Annotations;
import dev.virga.wit.Gate;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the imports and exports of a component into a world with its packages. */
final class WorldBuilder {

    static final Id WORLD = new Id(new PackageName("root", "component", Optional.empty()), "root");

    private final TypeNames names = new TypeNames();
    private final Map<Id, MembersBuilder> interfaces = new LinkedHashMap<>();
    private final MembersBuilder world = new MembersBuilder(WORLD, names);

    /** An import or export whose interface may gain members until all are read. */
    private sealed interface Pending {
        record Done(World.Item item) implements Pending {}

        record Known(String name, Id id, boolean renamed, Annotations annotations) implements Pending {}
    }

    ComponentWit build(Scope root) {
        List<Pending> imports = new ArrayList<>();
        List<Pending> exports = new ArrayList<>();
        root.imports().values().forEach(named -> add(named, true, imports));
        root.exports().values().forEach(named -> add(named, false, exports));

        Map<Id, Interface> built = new LinkedHashMap<>();
        interfaces.forEach((id, members) -> built.put(id, members.build()));
        List<World.Item> imported = new ArrayList<>();
        imports.forEach(p -> imported.add(item(p, built)));
        Interface own = world.build();
        own.types().forEach(t -> imported.add(new World.Item.Type(t)));
        own.functions().forEach(f -> imported.add(new World.Item.Func(f)));
        List<World.Item> exported = exports.stream().map(p -> item(p, built)).toList();
        World result = new World(WORLD, imported, exported, Annotations.NONE);
        return new ComponentWit(packages(built, result), result);
    }

    private static Resolution packages(Map<Id, Interface> interfaces, World world) {
        Map<PackageName, List<Interface>> byPackage = new LinkedHashMap<>();
        byPackage.put(WORLD.packageName(), new ArrayList<>());
        interfaces.forEach(
                (id, i) -> byPackage.computeIfAbsent(id.packageName(), n -> new ArrayList<>()).add(i));
        List<Package> packages = new ArrayList<>();
        byPackage.forEach((name, members) -> packages.add(new Package(
                name, "", members, name.equals(WORLD.packageName()) ? List.of(world) : List.of())));
        return new Resolution(packages);
    }

    private static World.Item item(Pending pending, Map<Id, Interface> built) {
        return switch (pending) {
            case Pending.Done(World.Item item) -> item;
            case Pending.Known(String name, Id id, boolean renamed, Annotations annotations) -> renamed
                    ? new World.Item.Renamed(name, built.get(id), annotations)
                    : new World.Item.Named(built.get(id), annotations);
        };
    }

    private void add(Item.Named named, boolean imported, List<Pending> items) {
        String name = named.name().text();
        Annotations annotations = annotations(named.name());
        switch (named.item()) {
            case Item.Func(TypeNode type) -> {
                if (imported) {
                    world.add(named);
                } else if (name.indexOf(':') >= 0) {
                    throw unspeakable(name, "a function under the name of an interface");
                } else {
                    items.add(new Pending.Done(new World.Item.Func(world.function(name, type, annotations))));
                }
            }
            case Item.Type _ -> {
                if (!imported) {
                    throw unspeakable(name, "a type that it exports");
                }
                world.add(named);
            }
            case Item.Instance(Map<String, Item.Named> members) -> {
                Optional<Id> id = id(named.name());
                if (id.isPresent()) {
                    add(id.get(), members);
                    boolean renamed = named.name().implemented().isPresent();
                    // WIT gives an external id only to what has a plain name.
                    items.add(new Pending.Known(name, id.get(), renamed, renamed ? annotations : Annotations.NONE));
                } else {
                    MembersBuilder inline = new MembersBuilder(WORLD.inline(imported, name), names);
                    members.values().forEach(inline::add);
                    items.add(new Pending.Done(new World.Item.Inline(name, inline.build(), annotations)));
                }
            }
            case Item.Component _ -> throw unspeakable(name, "a component");
            case Item.Other _ -> throw unspeakable(name, "a core module or a value");
        }
    }

    /** The interface of an import or export: its own name or, under a plain name, the one it implements. */
    private static Optional<Id> id(ExternName name) {
        String text = name.implemented().orElse(name.text());
        if (text.indexOf(':') < 0) {
            return Optional.empty();
        }
        return Optional.of(Id.parse(text + name.versionSuffix().orElse(""))
                .orElseThrow(() -> unspeakable(text, "an interface of this name")));
    }

    private void add(Id id, Map<String, Item.Named> members) {
        if (id.equals(WORLD)) {
            throw unspeakable(id.toString(), "an interface with the name of the component's world");
        }
        MembersBuilder builder = interfaces.computeIfAbsent(id, i -> new MembersBuilder(i, names));
        members.values().forEach(builder::add);
    }

    static Annotations annotations(ExternName name) {
        return name.externalId().isEmpty() ? Annotations.NONE : new Annotations("", Gate.NONE, name.externalId());
    }

    static ComponentException unspeakable(String name, String what) {
        return new ComponentException.Unsupported("WIT has no words for '" + name + "': " + what);
    }
}
