package dev.virga.component;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.Definition;
import dev.virga.component.runtime.Imports;
import dev.virga.component.type.ComponentType;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.ModuleBinary;
import dev.virga.engine.ModuleException;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
        return load(engine, CheckedComponent.of(binary));
    }

    static Component load(Engine engine, CheckedComponent checked) {
        return of(engine, checked, module -> Optional.of(engine.compile(module))).orElseThrow();
    }

    /** What {@link #load} would make of a component, if all of its code is in the engine's cache. */
    static Optional<Component> cached(Engine engine, CheckedComponent checked) {
        return of(engine, checked, engine::cached);
    }

    /** Gets the code of each embedded module, of identical ones once; empty if there is none of one of them. */
    private static Optional<Component> of(
            Engine engine, CheckedComponent checked, Function<ModuleBinary, Optional<CoreModule>> code) {
        Map<Integer, CoreModule> modules = new HashMap<>();
        Map<ModuleBinary, CoreModule> known = new IdentityHashMap<>();
        for (Map.Entry<Integer, ModuleBinary> entry : checked.modules().entrySet()) {
            CoreModule module = known.computeIfAbsent(
                    entry.getValue(), binary -> code(code, binary, entry.getKey()).orElse(null));
            if (module == null) {
                return Optional.empty();
            }
            modules.put(entry.getKey(), module);
        }
        return Optional.of(new Component(
                engine, checked.binary().definitionsOnly(), checked.type(), Map.copyOf(modules)));
    }

    private static Optional<CoreModule> code(
            Function<ModuleBinary, Optional<CoreModule>> code, ModuleBinary module, int offset) {
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
