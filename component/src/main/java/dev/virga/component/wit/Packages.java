package dev.virga.component.wit;

import dev.virga.wit.Function;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.TypeDef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what several encoded packages tell of another one: each tells only what it uses itself. */
final class Packages {

    private Packages() {}

    static Package union(Package one, Package other) {
        Map<String, Interface> interfaces = new LinkedHashMap<>();
        one.interfaces().forEach(i -> interfaces.put(i.id().name(), i));
        other.interfaces().forEach(i -> interfaces.merge(i.id().name(), i, Packages::union));
        return new Package(one.name(), "", new ArrayList<>(interfaces.values()), List.of());
    }

    private static Interface union(Interface one, Interface other) {
        Map<String, TypeDef> types = new LinkedHashMap<>();
        one.types().forEach(t -> types.put(t.name(), t));
        other.types().forEach(t -> types.putIfAbsent(t.name(), t));
        Map<String, Function> functions = new LinkedHashMap<>();
        one.functions().forEach(f -> functions.put(f.externName(), f));
        other.functions().forEach(f -> functions.putIfAbsent(f.externName(), f));
        return new Interface(
                one.id(), new ArrayList<>(types.values()), new ArrayList<>(functions.values()), one.annotations());
    }
}
