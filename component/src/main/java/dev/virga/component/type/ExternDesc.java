package dev.virga.component.type;

import dev.virga.engine.ModuleType;

/** The type of an import or export of a component ({@code externdesc} of the binary format). */
public sealed interface ExternDesc {

    record CoreModule(ModuleType type) implements ExternDesc {}

    record Func(FunctionType type) implements ExternDesc {}

    record Value(ValueType type) implements ExternDesc {}

    /** A type equal to a known value type. */
    record Type(ValueType type) implements ExternDesc {}

    /** A resource type: abstract where it is imported, known by its identity where it is exported. */
    record Resource(ResourceType type) implements ExternDesc {}

    /** A function, instance or component type that is exported under a name. */
    record NamedType(ExternDesc of) implements ExternDesc {}

    record Instance(InstanceType type) implements ExternDesc {}

    record Component(ComponentType type) implements ExternDesc {}
}
