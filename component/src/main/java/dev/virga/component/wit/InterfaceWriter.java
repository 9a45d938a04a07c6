package dev.virga.component.wit;

import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.TypeDef;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes imports and exports of interfaces into a component type, where each may use types of the others. */
final class InterfaceWriter {

    private record Export(int instance, String name) {}

    private final DeclarationWriter out;
    private final Map<Id, Integer> imported = new HashMap<>();
    private final Map<Id, Integer> exported = new HashMap<>();
    private final Map<Export, Integer> aliases = new HashMap<>();

    InterfaceWriter(DeclarationWriter out) {
        this.out = out;
    }

    boolean imports(Id id) {
        return imported.containsKey(id);
    }

    /** An interface under its own name, which others may use from now on. */
    void named(boolean asImport, Interface type, boolean functions) {
        int instance = plain(asImport, new ExternName(type.id().toString()), type, functions);
        (asImport ? imported : exported).put(type.id(), instance);
    }

    /** @return the index of the instance */
    int plain(boolean asImport, ExternName name, Interface type, boolean functions) {
        DeclarationWriter members = out.nested();
        for (dev.virga.wit.TypeDef def : type.types()) {
            members.define(false, def, used(def, asImport).map(members::aliasOuter));
        }
        if (functions) {
            type.functions().forEach(f -> members.function(false, f));
        }
        int index = out.type(new TypeDef.Instance(members.declarations()));
        return out.extern(asImport, name, new ExternTypeRef.Instance(index));
    }

    /** The index of the type that a use names: for an export it is another export's, if there is one. */
    Optional<Integer> used(dev.virga.wit.TypeDef def, boolean asImport) {
        if (!(def.kind() instanceof dev.virga.wit.TypeDef.Kind.Use(dev.virga.wit.TypeDef original))) {
            return Optional.empty();
        }
        Integer export = asImport ? null : exported.get(original.owner());
        int instance = export != null ? export : imported.get(original.owner());
        return Optional.of(aliases.computeIfAbsent(
                new Export(instance, original.name()), e -> out.aliasExport(e.instance, e.name)));
    }
}
