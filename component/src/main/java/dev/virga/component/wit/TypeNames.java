package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.TypeDef;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The names that imports and exports give to types. */
final class TypeNames {

    /** Types written out: a bound on the text of a hostile component. */
    private static final int MAX_WORK = 1_000_000;

    private final Map<TypeNode, dev.virga.wit.TypeDef> names = new IdentityHashMap<>();
    private int work;

    void put(TypeNode node, dev.virga.wit.TypeDef def) {
        names.putIfAbsent(node, def);
        TypeNode base = node.base();
        // Others are types without a name wherever they are not reached by one.
        if (isNominal(base)) {
            names.putIfAbsent(base, def);
        }
    }

    /** The definition that a type was given by the nearest of its names. */
    Optional<dev.virga.wit.TypeDef> find(TypeNode node) {
        TypeNode at = node;
        while (true) {
            dev.virga.wit.TypeDef def = names.get(at);
            if (def != null) {
                return Optional.of(def);
            }
            if (!(at instanceof TypeNode.Alias(TypeNode target))) {
                return Optional.empty();
            }
            at = target;
        }
    }

    void work() {
        if (++work > MAX_WORK) {
            throw new ComponentException.Unsupported(
                    "the component's types have more than " + MAX_WORK + " parts once written out as WIT");
        }
    }

    /** Whether WIT writes the type only in a definition that names it. */
    private static boolean isNominal(TypeNode node) {
        return switch (node) {
            case TypeNode.Resource r -> true;
            case TypeNode.Alias a -> false;
            case TypeNode.Defined(TypeDef definition, Scope s) ->
                definition instanceof TypeDef.Record
                        || definition instanceof TypeDef.Variant
                        || definition instanceof TypeDef.Enum
                        || definition instanceof TypeDef.Flags;
        };
    }
}
