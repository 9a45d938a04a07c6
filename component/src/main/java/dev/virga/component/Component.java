package dev.virga.component;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.Definition;
import dev.virga.component.type.ComponentType;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;

/** A decoded, validated and compiled component: immutable, shared between threads and linkers. */
public final class Component {

    /**
     * Decodes, validates and compiles a component.
     *
     * @throws ComponentException if it is malformed, invalid or needs a missing feature
     * @throws dev.virga.engine.ModuleException if a core module in it is
     */
    public static Component load(Engine engine, byte[] binary) {
        throw new UnsupportedOperationException("skeleton");
    }

    public Engine engine() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** What it imports and exports. */
    public ComponentType type() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The decoded definitions, for the linker. */
    ComponentBinary binary() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The compiled core module of a definition in this component or in one nested in it, for the linker. */
    CoreModule coreModule(Definition.CoreModule definition) {
        throw new UnsupportedOperationException("skeleton");
    }
}
