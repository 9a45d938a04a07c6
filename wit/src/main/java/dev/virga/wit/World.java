package dev.virga.wit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A world in full: {@code include}s are replaced by what they bring, and interfaces that others use
 * are listed although the text may leave them out (WIT.md, "Transitive imports and worlds").
 *
 * @param imports sorted: interfaces, then used types, then defined types, then functions
 * @param exports sorted: functions, then interfaces
 */
public record World(Id id, List<Item> imports, List<Item> exports, Annotations annotations) {

    public World {
        imports = imports.stream().sorted(BY_CLASS).toList();
        exports = exports.stream().sorted(FUNCTIONS_FIRST).toList();
    }

    /** Every item comes after those it may refer to. */
    private static final Comparator<Item> BY_CLASS = Comparator.comparingInt(item -> switch (item) {
        case Item.Named i -> 0;
        case Item.Renamed i -> 0;
        case Item.Inline i -> 0;
        case Item.Type(TypeDef type) -> type.kind() instanceof TypeDef.Kind.Use ? 1 : 2;
        case Item.Func(Function function) -> function.resource().isPresent() ? 3 : 4;
    });

    private static final Comparator<Item> FUNCTIONS_FIRST =
            Comparator.comparingInt(item -> item instanceof Item.Func ? 0 : 1);

    /** An import or export. */
    public sealed interface Item {

        /** The name in a component. */
        String name();

        /** An interface under its own name. */
        record Named(Interface type, Annotations annotations) implements Item {
            @Override
            public String name() {
                return type.id().toString();
            }
        }

        /** An interface under another name: {@code import primary: store;} */
        record Renamed(String name, Interface type, Annotations annotations) implements Item {}

        /** An interface written in the world. */
        record Inline(String name, Interface type, Annotations annotations) implements Item {}

        record Func(Function function) implements Item {
            @Override
            public String name() {
                return function.externName();
            }
        }

        /** A type that the world uses or defines; only imported. */
        record Type(TypeDef type) implements Item {
            @Override
            public String name() {
                return type.name();
            }
        }
    }

    public Optional<Item> findImport(String name) {
        return imports.stream().filter(i -> i.name().equals(name)).findFirst();
    }

    public Optional<Item> findExport(String name) {
        return exports.stream().filter(i -> i.name().equals(name)).findFirst();
    }
}
