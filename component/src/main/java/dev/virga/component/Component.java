package dev.virga.component;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.Definition;
import dev.virga.component.type.ComponentType;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.ModuleException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A decoded, validated and compiled component: immutable, shared between threads and linkers. */
public final class Component {

    private final Engine engine;
    private final ComponentBinary binary;
    private final ComponentType type;
    /** By the offset of the module's first byte in the binary. */
    private final Map<Integer, CoreModule> modules;

    private Component(Engine engine, ComponentBinary binary, ComponentType type, Map<Integer, CoreModule> modules) {
        this.engine = engine;
        this.binary = binary;
        this.type = type;
        this.modules = modules;
    }

    /**
     * Decodes, validates and compiles a component.
     *
     * @throws ComponentException if it is malformed, invalid or needs a missing feature
     * @throws dev.virga.engine.ModuleException if a core module in it is
     */
    public static Component load(Engine engine, byte[] binary) {
        ComponentBinary decoded = ComponentDecoder.decode(binary);
        ComponentType type = ComponentValidator.validate(decoded);
        Map<Integer, CoreModule> modules = new HashMap<>();
        compile(engine, decoded, modules, new HashMap<>());
        return new Component(engine, decoded, type, Map.copyOf(modules));
    }

    /** Compiles each embedded module; identical ones, which composed components often hold, once. */
    private static void compile(
            Engine engine,
            ComponentBinary binary,
            Map<Integer, CoreModule> modules,
            Map<ByteBuffer, CoreModule> compiled) {
        for (Definition definition : binary.definitions()) {
            switch (definition) {
                case Definition.CoreModule m -> {
                    byte[] bytes = Arrays.copyOfRange(binary.bytes(), m.start(), m.end());
                    modules.put(
                            m.start(),
                            compiled.computeIfAbsent(ByteBuffer.wrap(bytes), _ -> compile(engine, bytes, m.start())));
                }
                case Definition.Component c -> compile(engine, c.binary(), modules, compiled);
                default -> {}
            }
        }
    }

    private static CoreModule compile(Engine engine, byte[] module, int offset) {
        try {
            return engine.compile(module);
        } catch (ModuleException e) {
            String message = e.getMessage() + ", in the core module at offset 0x" + Integer.toHexString(offset);
            throw switch (e) {
                case ModuleException.Malformed _ -> new ModuleException.Malformed(message);
                case ModuleException.Invalid _ -> new ModuleException.Invalid(message);
                case ModuleException.Unsupported _ -> new ModuleException.Unsupported(message);
                case ModuleException.Link _ -> new ModuleException.Link(message);
            };
        }
    }

    public Engine engine() {
        return engine;
    }

    /** What it imports and exports. */
    public ComponentType type() {
        return type;
    }

    /** The decoded definitions, for the linker. */
    ComponentBinary binary() {
        return binary;
    }

    /** The compiled core module of a definition in this component or in one nested in it, for the linker. */
    CoreModule coreModule(Definition.CoreModule definition) {
        return modules.get(definition.start());
    }
}
