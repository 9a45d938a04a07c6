package dev.virga.component;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.Definition;
import dev.virga.component.type.ComponentType;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.engine.ModuleBinary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A component that is decoded and validated, but for its core modules.
 *
 * @param modules by the offset of the module's first byte in the binary, in their order; identical ones, which composed
 *     components often hold, are the same object
 */
record CheckedComponent(ComponentBinary binary, ComponentType type, Map<Integer, ModuleBinary> modules) {

    /** @throws ComponentException if it is malformed, invalid or needs a missing feature */
    static CheckedComponent of(byte[] bytes) {
        ComponentBinary binary = ComponentDecoder.decode(bytes);
        ComponentType type = ComponentValidator.validate(binary);
        Map<Integer, ModuleBinary> modules = new LinkedHashMap<>();
        collect(binary, modules, new HashMap<>());
        return new CheckedComponent(binary, type, modules);
    }

    private static void collect(
            ComponentBinary binary, Map<Integer, ModuleBinary> modules, Map<String, ModuleBinary> byDigest) {
        for (Definition definition : binary.definitions()) {
            switch (definition) {
                case Definition.CoreModule m -> {
                    ModuleBinary module = new ModuleBinary(Arrays.copyOfRange(binary.bytes(), m.start(), m.end()));
                    modules.put(m.start(), byDigest.computeIfAbsent(module.digest(), _ -> module));
                }
                case Definition.Component c -> collect(c.binary(), modules, byDigest);
                default -> {}
            }
        }
    }
}
