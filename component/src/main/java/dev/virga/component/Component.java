package dev.virga.component;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.Definition;
import dev.virga.component.runtime.Imports;
import dev.virga.component.type.ComponentType;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.ModuleException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
        return of(engine, binary, module -> Optional.of(engine.compile(module))).orElseThrow();
    }

    /**
     * What {@link #load} would make of a component, if all of its code is in the engine's cache.
     *
     * @throws ComponentException if it is malformed, invalid or needs a missing feature
     */
    public static Optional<Component> cached(Engine engine, byte[] binary) {
        return of(engine, binary, engine::cached);
    }

    private static Optional<Component> of(Engine engine, byte[] binary, Function<byte[], Optional<CoreModule>> code) {
        ComponentBinary decoded = ComponentDecoder.decode(binary);
        ComponentType type = ComponentValidator.validate(decoded);
        Map<Integer, CoreModule> modules = new HashMap<>();
        return collect(code, decoded, modules, new HashMap<>())
                ? Optional.of(new Component(engine, decoded, type, Map.copyOf(modules)))
                : Optional.empty();
    }

    /**
     * Gets the code of each embedded module; of identical ones, which composed components often hold, once.
     * False if there is none of one of them.
     */
    private static boolean collect(
            Function<byte[], Optional<CoreModule>> code,
            ComponentBinary binary,
            Map<Integer, CoreModule> modules,
            Map<ByteBuffer, CoreModule> known) {
        for (Definition definition : binary.definitions()) {
            switch (definition) {
                case Definition.CoreModule m -> {
                    byte[] bytes = Arrays.copyOfRange(binary.bytes(), m.start(), m.end());
                    CoreModule module = known.computeIfAbsent(
                            ByteBuffer.wrap(bytes), _ -> code(code, bytes, m.start()).orElse(null));
                    if (module == null) {
                        return false;
                    }
                    modules.put(m.start(), module);
                }
                case Definition.Component c -> {
                    if (!collect(code, c.binary(), modules, known)) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    private static Optional<CoreModule> code(Function<byte[], Optional<CoreModule>> code, byte[] module, int offset) {
        try {
            return code.apply(module);
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

    /** How much code the engine has made of its core modules, in bytes. */
    public long codeSize() {
        return modules.values().stream().distinct().mapToLong(CoreModule::codeSize).sum();
    }

    /** What it imports and exports. */
    public ComponentType type() {
        return type;
    }

    /** The interfaces that imports with plain names {@code implement}, by those names. */
    public Map<String, String> implemented() {
        return Imports.implemented(binary);
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
