package dev.virga.component.type;

import dev.virga.engine.ModuleType;

/** The type of an import or export of a component ({@code externtype} of the binary format). */
public sealed interface ExternDesc {

    record CoreModule(ModuleType type) implements ExternDesc {}

    record Func(FunctionType type) implements ExternDesc {}

    record Value(ValueType type) implements ExternDesc {}

    /**
     * A type. A resource type is abstract, and anew for each instance, where the enclosing type
     * lists it among its resources; otherwise it equals a known one, as any other type does.
     */
    record Type(DefType type) implements ExternDesc {}

    record Instance(InstanceType type) implements ExternDesc {}

    record Component(ComponentType type) implements ExternDesc {}
}
