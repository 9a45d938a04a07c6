package dev.virga.component.wit;

import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.TypeDef.Func;
import dev.virga.wit.Annotations;
import dev.virga.wit.Function;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Type;
import dev.virga.wit.TypeDef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Gathers the types and functions of an interface, or of the world itself. */
final class MembersBuilder {

    private final Id id;
    private final TypeNames names;
    private final Predicate<Id> usable;
    private final Docs docs;
    private final Map<String, TypeDef> types = new LinkedHashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();

    /** @param usable whether this is an interface with a name of its own, whose types others can use */
    MembersBuilder(Id id, TypeNames names, Predicate<Id> usable, Docs docs) {
        this.id = id;
        this.names = names;
        this.usable = usable;
        this.docs = docs;
    }

    Id id() {
        return id;
    }

    /** What stands before an interface with a name of its own. */
    Annotations annotations() {
        return docs.annotations(new ExternName(id.name()));
    }

    /** Used types first, as in text. */
    private List<TypeDef> types() {
        List<TypeDef> ordered = new ArrayList<>();
        types.values().stream().filter(t -> t.kind() instanceof TypeDef.Kind.Use).forEach(ordered::add);
        types.values().stream().filter(t -> !(t.kind() instanceof TypeDef.Kind.Use)).forEach(ordered::add);
        return ordered;
    }

    /** Those of resources first, in the order of the resources, as in text. */
    Interface build(Annotations annotations) {
        List<TypeDef> orderedTypes = types();
        List<Function> ordered = new ArrayList<>();
        Map<String, List<Function>> byResource = new LinkedHashMap<>();
        for (Function function : functions.values()) {
            function.resource().ifPresent(r -> byResource.computeIfAbsent(r, n -> new ArrayList<>()).add(function));
        }
        orderedTypes.forEach(t -> ordered.addAll(byResource.getOrDefault(t.name(), List.of())));
        functions.values().stream().filter(f -> f.resource().isEmpty()).forEach(ordered::add);
        return new Interface(id, orderedTypes, ordered, annotations);
    }

    void add(Item.Named named) {
        String name = named.name().text();
        if (name.indexOf(':') >= 0) {
            throw WorldBuilder.unspeakable(name, "something else than an instance under the name of an interface");
        }
        switch (named.item()) {
            case Item.Type(TypeNode type) -> addType(named.name(), type);
            case Item.Func(TypeNode type) -> {
                if (!functions.containsKey(name)) {
                    functions.put(name, function(name, type, docs.at("funcs").at(name).annotations(named.name())));
                }
            }
            default -> throw WorldBuilder.unspeakable(name, "an instance that holds other things than types and functions");
        }
    }

    /** An interface that is imported and exported is one in WIT; its types meet by their names. */
    private void addType(ExternName externName, TypeNode node) {
        String name = externName.text();
        TypeDef def = types.get(name);
        if (def == null) {
            Docs own = docs.at("types").at(name);
            def = new TypeDef(
                    id, name, new TypeBuilder(this, names).kind(name, node, own.at("items")), own.annotations(externName));
            types.put(name, def);
        }
        names.put(node, def);
    }

    /** A type of another interface under a name of its own here, if it has none yet. */
    TypeDef used(TypeDef other) {
        if (other.owner().equals(id)) {
            return other;
        }
        for (TypeDef type : types.values()) {
            if (type.kind() instanceof TypeDef.Kind.Use(TypeDef used) && used == other) {
                return type;
            }
        }
        String name = other.name();
        for (int i = 2; types.containsKey(name) || functions.containsKey(name); i++) {
            name = other.name() + "-" + i;
        }
        TypeDef def = new TypeDef(id, name, use(other), Annotations.NONE);
        types.put(name, def);
        return def;
    }

    TypeDef.Kind use(TypeDef other) {
        if (!usable.test(other.owner())) {
            throw WorldBuilder.unspeakable(other.name(), "a type that is used outside of the plain-named instance or"
                    + " the world that it belongs to");
        }
        return new TypeDef.Kind.Use(other);
    }

    Function function(String externName, TypeNode type, Annotations annotations) {
        TypeNode.Defined defined = (TypeNode.Defined) type.base();
        Func func = (Func) defined.definition();
        TypeBuilder builder = new TypeBuilder(this, names);
        List<Function.Param> params = new ArrayList<>();
        func.params().forEach(p -> params.add(
                new Function.Param(p.name(), builder.type(p.type(), defined.scope()))));
        Optional<Type> result = func.result().map(r -> builder.type(r, defined.scope()));
        int dot = externName.indexOf('.');
        if (externName.startsWith("[method]")) {
            String resource = externName.substring("[method]".length(), dot);
            params.set(0, new Function.Param("self", new Type.Borrow(types.get(resource))));
            return new Function(externName.substring(dot + 1), new Function.Kind.Method(resource), func.async(),
                    params, result, annotations);
        }
        if (externName.startsWith("[static]")) {
            String resource = externName.substring("[static]".length(), dot);
            return new Function(externName.substring(dot + 1), new Function.Kind.Static(resource), func.async(),
                    params, result, annotations);
        }
        if (externName.startsWith("[constructor]")) {
            String resource = externName.substring("[constructor]".length());
            return new Function(resource, new Function.Kind.Constructor(resource), func.async(), params, result,
                    annotations);
        }
        return new Function(externName, new Function.Kind.Freestanding(), func.async(), params, result, annotations);
    }
}
