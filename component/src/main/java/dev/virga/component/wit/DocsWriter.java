package dev.virga.component.wit;

import dev.virga.wit.Annotations;
import dev.virga.wit.Function;
import dev.virga.wit.Gate;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.TypeDef;
import dev.virga.wit.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the doc comments and gates of a package. */
final class DocsWriter {

    private DocsWriter() {}

    static Docs of(Package written) {
        Map<String, Object> interfaces = new LinkedHashMap<>();
        written.interfaces().forEach(i -> put(interfaces, i.id().name(), members(i, i.annotations())));
        Map<String, Object> worlds = new LinkedHashMap<>();
        written.worlds().forEach(w -> put(worlds, w.id().name(), world(w)));
        Map<String, Object> all = new LinkedHashMap<>();
        put(all, "docs", written.docs());
        put(all, "worlds", worlds);
        put(all, "interfaces", interfaces);
        return new Docs(all);
    }

    private static void put(Map<String, Object> to, String name, Map<String, Object> members) {
        if (!members.isEmpty()) {
            to.put(name, members);
        }
    }

    private static void put(Map<String, Object> to, String name, String text) {
        if (!text.isEmpty()) {
            to.put(name, text);
        }
    }

    private static Map<String, Object> members(Interface of, Annotations annotations) {
        Map<String, Object> types = new LinkedHashMap<>();
        of.types().forEach(t -> put(types, t.name(), type(t)));
        Map<String, Object> functions = new LinkedHashMap<>();
        of.functions().forEach(f -> put(functions, f.externName(), item(f.annotations())));
        Map<String, Object> members = item(annotations);
        put(members, "funcs", functions);
        put(members, "types", types);
        return members;
    }

    private static Map<String, Object> type(TypeDef type) {
        Map<String, Object> items = new LinkedHashMap<>();
        switch (type.kind()) {
            case TypeDef.Kind.Record(List<TypeDef.Field> fields) -> fields.forEach(f -> put(items, f.name(), f.docs()));
            case TypeDef.Kind.Variant(List<TypeDef.Case> cases) -> cases.forEach(c -> put(items, c.name(), c.docs()));
            case TypeDef.Kind.Enum(List<TypeDef.Label> labels) -> labels.forEach(l -> put(items, l.name(), l.docs()));
            case TypeDef.Kind.Flags(List<TypeDef.Label> labels) -> labels.forEach(l -> put(items, l.name(), l.docs()));
            case TypeDef.Kind.Resource _, TypeDef.Kind.Alias _, TypeDef.Kind.Use _ -> { }
        }
        Map<String, Object> members = item(type.annotations());
        put(members, "items", items);
        return members;
    }

    private static Map<String, Object> item(Annotations annotations) {
        Map<String, Object> item = new LinkedHashMap<>();
        put(item, "docs", annotations.docs());
        put(item, "stability", stability(annotations.gate()));
        return item;
    }

    private static Map<String, Object> stability(Gate gate) {
        Map<String, Object> inner = new LinkedHashMap<>();
        gate.since().ifPresent(v -> inner.put("since", v.toString()));
        gate.unstable().ifPresent(f -> inner.put("feature", f));
        gate.deprecated().ifPresent(v -> inner.put("deprecated", v.toString()));
        return inner.isEmpty() ? Map.of() : Map.of(gate.since().isPresent() ? "stable" : "unstable", inner);
    }

    private static Map<String, Object> world(World world) {
        Map<String, Map<String, Object>> parts = new LinkedHashMap<>();
        world.imports().forEach(item -> worldItem(item, "funcs", "interfaces", "interface_import_", parts));
        world.exports().forEach(item -> worldItem(item, "func_exports", "interface_exports", "interface_export_", parts));
        Map<String, Object> members = item(world.annotations());
        parts.forEach((name, part) -> put(members, name, part));
        return members;
    }

    private static void worldItem(World.Item item, String functions, String inline, String references,
            Map<String, Map<String, Object>> parts) {
        switch (item) {
            case World.Item.Named(Interface _, Annotations annotations) ->
                reference(item.name(), annotations, references, parts);
            case World.Item.Renamed(String name, Interface _, Annotations annotations) ->
                reference(name, annotations, references, parts);
            case World.Item.Inline(String name, Interface type, Annotations annotations) ->
                put(part(parts, inline), name, members(type, annotations));
            case World.Item.Func(Function function) ->
                put(part(parts, functions), function.externName(), item(function.annotations()));
            case World.Item.Type(TypeDef type) -> put(part(parts, "types"), type.name(), type(type));
        }
    }

    private static void reference(
            String name, Annotations annotations, String kind, Map<String, Map<String, Object>> parts) {
        put(part(parts, kind + "stability"), name, stability(annotations.gate()));
        put(part(parts, kind + "docs"), name, annotations.docs());
    }

    private static Map<String, Object> part(Map<String, Map<String, Object>> parts, String name) {
        return parts.computeIfAbsent(name, n -> new LinkedHashMap<>());
    }
}
