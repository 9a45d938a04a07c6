package dev.virga.component.wit;

import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import java.util.List;
import java.util.Map;

/** What an index of a component stands for, as far as WIT can tell of it. */
public sealed interface Item {

    record Func(TypeNode type) implements Item {}

    record Type(TypeNode type) implements Item {}

    record Instance(Map<String, Named> exports) implements Item {}

    /** A component or component type: what its definitions export depends on what its imports are. */
    record Component(List<Definition> definitions, Scope outer) implements Item {}

    /** A core module or a value. */
    record Other() implements Item {}

    /** An import or export. */
    record Named(ExternName name, Item item) {}
}
