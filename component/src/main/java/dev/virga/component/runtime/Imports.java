package dev.virga.component.runtime;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Meets a component's imports with what the linker offers, by name and by type. */
public final class Imports {

    private final Map<String, Item> offers;
    private final Substitution bound = new Substitution();
    private final List<String> problems = new ArrayList<>();

    private Imports(Map<String, Item> offers) {
        this.offers = offers;
    }

    /**
     * One item for each import.
     *
     * @throws ComponentException.Link listing every import that is unmet, with what would meet it
     */
    public static Map<String, Item> resolve(ComponentType type, ComponentBinary binary, Map<String, Item> offers) {
        Imports imports = new Imports(offers);
        Map<String, String> interfaces = implemented(binary);
        Map<String, Item> items = new LinkedHashMap<>();
        type.imports().forEach((name, wanted) ->
                imports.resolve(name, wanted, Optional.ofNullable(interfaces.get(name)))
                        .ifPresent(item -> items.put(name, item)));
        if (!imports.problems.isEmpty()) {
            int count = imports.problems.size();
            throw new ComponentException.Link((count == 1 ? "an import is" : count + " imports are") + " not met:\n  "
                    + String.join("\n  ", imports.problems));
        }
        return items;
    }

    /** The interfaces that plainly named imports implement. */
    public static Map<String, String> implemented(ComponentBinary binary) {
        Map<String, String> interfaces = new HashMap<>();
        for (Definition definition : binary.definitions()) {
            if (definition instanceof Definition.Import(int _, ExternName name, var _)) {
                name.implemented().ifPresent(i -> interfaces.put(name.text(), i));
            }
        }
        return interfaces;
    }

    private Optional<Item> resolve(String name, ExternDesc wanted, Optional<String> implemented) {
        if (wanted instanceof ExternDesc.Type(var type) && !bound.isAbstract(type)) {
            return Optional.of(bound.item(type));
        }
        Optional<Item> offer = Names.find(offers, name)
                .or(() -> implemented.flatMap(i -> Names.find(offers, i)).map(item -> forImport(name, item)));
        if (offer.isEmpty()) {
            // an instance of nothing but types that are known needs nobody to offer it
            if (wanted instanceof ExternDesc.Instance && isKnown(wanted)) {
                return Optional.of(known(wanted));
            }
            problems.add("\"" + name + "\" (" + TypeText.kind(wanted) + "): " + hint(implemented.orElse(name)));
            return Optional.empty();
        }
        TypeMatcher matcher = new TypeMatcher(bound);
        matcher.match("\"" + name + "\"", offer.get().describe(), wanted);
        problems.addAll(matcher.problems());
        return matcher.problems().isEmpty() ? Optional.of(view(wanted, offer.get())) : Optional.empty();
    }

    /** The host may tell imports of one interface apart by their names. */
    private static Item forImport(String name, Item offer) {
        return switch (offer) {
            case Item.Host(HostFunction function) -> new Item.Host(function.forImport(name));
            case Item.Instance(Map<String, Item> exports) -> {
                Map<String, Item> named = new LinkedHashMap<>();
                exports.forEach((export, item) -> named.put(export, forImport(name, item)));
                yield new Item.Instance(named);
            }
            default -> offer;
        };
    }

    private boolean isKnown(ExternDesc wanted) {
        return switch (wanted) {
            case ExternDesc.Type(var type) -> !bound.isAbstract(type);
            case ExternDesc.Instance(InstanceType instance) ->
                instance.exports().values().stream().allMatch(this::isKnown);
            default -> false;
        };
    }

    private Item known(ExternDesc wanted) {
        if (!(wanted instanceof ExternDesc.Instance(InstanceType instance))) {
            return view(wanted, Item.Type.NONE);
        }
        Map<String, Item> exports = new LinkedHashMap<>();
        instance.exports().forEach((name, export) -> exports.put(name, known(export)));
        return new Item.Instance(exports);
    }

    private String hint(String name) {
        Optional<String> near = Names.nearest(offers.keySet(), name);
        if (near.isEmpty()) {
            return "nothing like it is offered";
        }
        boolean version = new InterfaceName(near.get()).base().equals(new InterfaceName(name).base());
        return version
                ? "offered is \"" + near.get() + "\", a version that cannot stand for it"
                : "not offered; did the component mean \"" + near.get() + "\"?";
    }

    /** The item as the component sees it: what its type tells, with the actual types. */
    private Item view(ExternDesc wanted, Item offered) {
        return switch (wanted) {
            case ExternDesc.Instance(InstanceType type) -> {
                Map<String, Item> offers = ((Item.Instance) offered).exports();
                Map<String, Item> exports = new LinkedHashMap<>();
                type.exports().forEach((name, export) -> exports.put(
                        name,
                        export instanceof ExternDesc.Type(var def)
                                ? bound.item(def)
                                : view(export, Names.find(offers, name).orElseThrow())));
                yield new Item.Instance(exports);
            }
            case ExternDesc.Type(var type) -> bound.item(type);
            default -> offered;
        };
    }
}
