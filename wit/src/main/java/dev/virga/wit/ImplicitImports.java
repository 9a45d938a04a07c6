package dev.virga.wit;

import dev.virga.wit.Declarations.Declared;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds the interfaces whose types a world's interfaces use (WIT.md, "Transitive imports and
 * worlds"): those of an import as imports; those of an export as the export of that name, if there
 * is one, or else as imports.
 */
final class ImplicitImports {

    private final Limits limits;
    private final InterfaceResolver interfaces;
    private final Declared world;
    private final Map<String, World.Item> imports = new LinkedHashMap<>();
    private final Map<String, World.Item> exports = new LinkedHashMap<>();
    private final Map<String, World.Item> written = new LinkedHashMap<>();
    private final Set<Id> requiredImports = new HashSet<>();

    ImplicitImports(Limits limits, InterfaceResolver interfaces, Declared world) {
        this.limits = limits;
        this.interfaces = interfaces;
        this.world = world;
    }

    World complete(List<World.Item> imported, List<World.Item> exported, Annotations annotations) {
        new World(world.id(), imported, exported, annotations).imports().forEach(this::addImport);
        for (World.Item item : exported) {
            (interfaceOf(item).isPresent() ? written : exports).put(item.name(), item);
        }
        written.values().forEach(item -> addExport(item, true));
        return new World(
                world.id(), new ArrayList<>(imports.values()), new ArrayList<>(exports.values()), annotations);
    }

    private void addImport(World.Item item) {
        if (imports.containsKey(item.name())) {
            return;
        }
        limits.work(world.scope(), world.item().name().at());
        for (Id dependency : dependencies(item)) {
            addImport(implicit(dependency, item));
        }
        imports.put(item.name(), item);
    }

    /**
     * An interface that an export uses is either an import or an export for all of them: else the
     * export would see two copies of the same resource types.
     */
    private void addExport(World.Item item, boolean export) {
        String name = item.name();
        if (exports.containsKey(name)) {
            if (!export) {
                throw conflict(item);
            }
            return;
        }
        Id id = interfaceOf(item).orElseThrow().id();
        if (!export && requiredImports.contains(id)) {
            return;
        }
        limits.work(world.scope(), world.item().name().at());
        for (Id dependency : dependencies(item)) {
            World.Item needed = implicit(dependency, item);
            World.Item asWritten = written.getOrDefault(needed.name(), needed);
            addExport(asWritten, export && asWritten != needed);
        }
        if (export) {
            if (requiredImports.contains(id)) {
                throw conflict(item);
            }
            exports.put(name, item);
        } else {
            requiredImports.add(id);
            imports.putIfAbsent(name, item);
        }
    }

    private WitException conflict(World.Item item) {
        return world.scope().error(world.item().name(), "the exports of this world need " + item.name()
                + " both as an import and as an export; export every interface between them as well");
    }

    private World.Item implicit(Id id, World.Item neededBy) {
        return new World.Item.Named(interfaces.of(id),
                new Annotations("", annotations(neededBy).gate(), Optional.empty()));
    }

    private static Annotations annotations(World.Item item) {
        return switch (item) {
            case World.Item.Named i -> i.annotations();
            case World.Item.Renamed i -> i.annotations();
            case World.Item.Inline i -> i.annotations();
            case World.Item.Func i -> i.function().annotations();
            case World.Item.Type i -> i.type().annotations();
        };
    }

    private static Optional<Interface> interfaceOf(World.Item item) {
        return switch (item) {
            case World.Item.Named i -> Optional.of(i.type());
            case World.Item.Renamed i -> Optional.of(i.type());
            case World.Item.Inline i -> Optional.of(i.type());
            case World.Item.Func i -> Optional.empty();
            case World.Item.Type i -> Optional.empty();
        };
    }

    private static Iterable<Id> dependencies(World.Item item) {
        if (item instanceof World.Item.Type(TypeDef type)) {
            return type.kind() instanceof TypeDef.Kind.Use(TypeDef used) ? List.of(used.owner()) : List.of();
        }
        return interfaceOf(item).<Iterable<Id>>map(InterfaceResolver::dependencies).orElse(List.of());
    }
}
