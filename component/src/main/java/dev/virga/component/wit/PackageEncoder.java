package dev.virga.component.wit;

import dev.virga.component.binary.ComponentEncoder;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.wit.Annotations;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.Resolution;
import dev.virga.wit.World;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encodes a package as a component that exports a type for each interface and world (WIT.md, "Package Format"). */
final class PackageEncoder {

    private final Map<Id, Interface> interfaces = new HashMap<>();
    private final ComponentEncoder out = new ComponentEncoder();
    private final DeclarationWriter.Size size = new DeclarationWriter.Size();
    private int types;

    PackageEncoder(Resolution packages) {
        packages.packages().forEach(p -> p.interfaces().forEach(i -> interfaces.put(i.id(), i)));
    }

    byte[] encode(Package encoded) {
        Map<Id, Interface> ordered = new LinkedHashMap<>();
        encoded.interfaces().forEach(i -> addUsedFirst(i, ordered));
        ordered.values().forEach(i -> export(i.id(), declarations(i)));
        encoded.worlds().forEach(w -> export(w.id(), declarations(w)));
        Docs docs = DocsWriter.of(encoded);
        if (!docs.equals(Docs.NONE)) {
            out.custom(docs.sectionName(), docs.sectionContent());
        }
        return out.toByteArray();
    }

    /** Other tools expect an interface behind those of its package that it uses. */
    private void addUsedFirst(Interface type, Map<Id, Interface> ordered) {
        if (ordered.containsKey(type.id())) {
            return;
        }
        for (dev.virga.wit.TypeDef def : type.types()) {
            if (def.kind() instanceof dev.virga.wit.TypeDef.Kind.Use(var original)
                    && original.owner().packageName().equals(type.id().packageName())) {
                addUsedFirst(interfaces.get(original.owner()), ordered);
            }
        }
        ordered.put(type.id(), type);
    }

    private void export(Id id, DeclarationWriter declarations) {
        out.add(new Definition.Type(0, new TypeDef.Component(declarations.declarations())));
        out.add(new Definition.Export(
                0, new ExternName(id.name()), new Definition.Ref(Sort.TYPE, types), Optional.empty()));
        // The export has an index of its own.
        types += 2;
    }

    private DeclarationWriter declarations(Interface exported) {
        DeclarationWriter declarations = new DeclarationWriter(size);
        InterfaceWriter writer = new InterfaceWriter(declarations);
        importUsed(exported, writer);
        writer.named(false, exported, true);
        return declarations;
    }

    /** Imports the types of the interfaces whose types one uses. */
    private void importUsed(Interface user, InterfaceWriter writer) {
        for (dev.virga.wit.TypeDef type : user.types()) {
            if (type.kind() instanceof dev.virga.wit.TypeDef.Kind.Use(var original) && !writer.imports(original.owner())) {
                Interface used = interfaces.get(original.owner());
                importUsed(used, writer);
                writer.named(true, used, false);
            }
        }
    }

    /** A component type that exports that of the world. */
    private DeclarationWriter declarations(World world) {
        DeclarationWriter inner = new DeclarationWriter(size);
        InterfaceWriter writer = new InterfaceWriter(inner);
        world.imports().forEach(item -> item(true, item, inner, writer));
        world.exports().forEach(item -> item(false, item, inner, writer));
        DeclarationWriter outer = new DeclarationWriter(size);
        int type = outer.type(new TypeDef.Component(inner.declarations()));
        outer.extern(false, new ExternName(world.id().toString()), new ExternTypeRef.Component(type));
        return outer;
    }

    private static void item(boolean imported, World.Item item, DeclarationWriter out, InterfaceWriter writer) {
        switch (item) {
            case World.Item.Named(Interface type, Annotations _) -> writer.named(imported, type, true);
            case World.Item.Renamed(String name, Interface type, Annotations annotations) -> writer.plain(
                    imported,
                    new ExternName(name, Optional.of(type.id().toString()), Optional.empty(), annotations.externalId()),
                    type, true);
            case World.Item.Inline(String name, Interface type, Annotations annotations) ->
                writer.plain(imported, DeclarationWriter.name(name, annotations), type, true);
            case World.Item.Type(dev.virga.wit.TypeDef type) -> out.define(true, type, writer.used(type, true));
            case World.Item.Func(var function) -> out.function(imported, function);
        }
    }
}
