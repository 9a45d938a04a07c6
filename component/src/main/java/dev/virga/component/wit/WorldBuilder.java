package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ExternName;
import dev.virga.wit.Annotations;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the imports and exports of a component into a world. */
final class WorldBuilder {

    private final Id id;
    private final Interfaces interfaces;
    private final MembersBuilder members;
    private final Docs docs;
    private final List<Pending> imports = new ArrayList<>();
    private final List<Pending> exports = new ArrayList<>();

    /** An import or export whose interface may gain members until all are read. */
    private sealed interface Pending {
        record Done(World.Item item) implements Pending {}

        record Known(String name, Id id, boolean renamed, Annotations annotations) implements Pending {}
    }

    WorldBuilder(Id id, Interfaces interfaces, Scope component) {
        this.id = id;
        this.interfaces = interfaces;
        this.docs = interfaces.docs().at("worlds").at(id.name());
        this.members = interfaces.unusable(id, docs);
        component.imports().values().forEach(named -> add(named, true, imports));
        component.exports().values().forEach(named -> add(named, false, exports));
    }

    /** @param built all interfaces, when all worlds are read */
    World build(Map<Id, Interface> built) {
        if (built.containsKey(id)) {
            throw unspeakable(id.toString(), "an interface with the name of a world");
        }
        List<World.Item> imported = new ArrayList<>();
        imports.forEach(p -> imported.add(item(p, built)));
        Interface own = members.build(Annotations.NONE);
        own.types().forEach(t -> imported.add(new World.Item.Type(t)));
        own.functions().forEach(f -> imported.add(new World.Item.Func(f)));
        List<World.Item> exported = exports.stream().map(p -> item(p, built)).toList();
        return new World(id, imported, exported, members.annotations());
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
        switch (named.item()) {
            case Item.Func(TypeNode type) -> {
                if (imported) {
                    members.add(named);
                } else if (name.indexOf(':') >= 0) {
                    throw unspeakable(name, "a function under the name of an interface");
                } else {
                    items.add(new Pending.Done(new World.Item.Func(members.function(
                            name, type, docs.at("func_exports").at(name).annotations(named.name())))));
                }
            }
            case Item.Type _ -> {
                if (!imported) {
                    throw unspeakable(name, "a type that it exports");
                }
                members.add(named);
            }
            case Item.Instance(Map<String, Item.Named> of) -> {
                Optional<Id> known = id(named.name());
                if (known.isPresent()) {
                    interfaces.add(known.get(), of);
                    boolean renamed = named.name().implemented().isPresent();
                    // WIT gives an external id only to what has a plain name.
                    Annotations annotations = docs.reference(imported, named.name(), renamed);
                    items.add(new Pending.Known(name, known.get(), renamed, annotations));
                } else {
                    Docs own = docs.at(imported ? "interfaces" : "interface_exports").at(name);
                    MembersBuilder inline = interfaces.unusable(id.inline(imported, name), own);
                    of.values().forEach(inline::add);
                    items.add(new Pending.Done(
                            new World.Item.Inline(name, inline.build(Annotations.NONE), own.annotations(named.name()))));
                }
            }
            case Item.Component _ -> throw unspeakable(name, "a component");
            case Item.Other _ -> throw unspeakable(name, "a core module or a value");
        }
    }

    /** The interface of an import or export: its own name or, under a plain name, the one it implements. */
    static Optional<Id> id(ExternName name) {
        String text = name.implemented().orElse(name.text());
        if (text.indexOf(':') < 0) {
            return Optional.empty();
        }
        return Optional.of(Id.parse(text + name.versionSuffix().orElse(""))
                .orElseThrow(() -> unspeakable(text, "an interface of this name")));
    }

    static ComponentException unspeakable(String name, String what) {
        return new ComponentException.Unsupported("WIT has no words for '" + name + "': " + what);
    }
}
