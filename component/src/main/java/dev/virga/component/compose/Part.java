package dev.virga.component.compose;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.Definition;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.validation.ComponentValidator;
import dev.virga.component.wit.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A component that can take part in compositions. */
public final class Part {

    private final String label;
    private final ComponentBinary binary;
    private final ComponentType type;
    /** How many definitions tell of what it imports, and exports where {@link #exportsTypes}. */
    private final int telling;
    private final NameIndex exports;
    /** The interfaces that plainly named imports implement. */
    private final Map<String, String> implemented = new HashMap<>();

    private Part(String label, ComponentBinary binary) {
        this.label = label;
        this.binary = binary;
        this.type = ComponentValidator.validate(binary);
        this.exports = new NameIndex(type.exports().keySet());
        int end = 0;
        for (int i = 0; i < binary.definitions().size(); i++) {
            if (binary.definitions().get(i) instanceof Definition.Import(int _, var name, var _)) {
                end = i + 1;
                name.implemented().ifPresent(wanted -> implemented.put(name.text(), wanted));
            }
        }
        this.telling = exportsTypes() ? binary.definitions().size() : end;
    }

    /**
     * Decodes and validates a component.
     *
     * @param label what messages call it, the name of its file for example
     * @throws dev.virga.component.ComponentException if it is malformed or invalid
     */
    public static Part of(String label, byte[] bytes) {
        return new Part(label, ComponentDecoder.decode(bytes));
    }

    public String label() {
        return label;
    }

    /** What it imports and exports. */
    public ComponentType type() {
        return type;
    }

    ComponentBinary binary() {
        return binary;
    }

    /**
     * What it imports, as it is written, which has the names of types that {@link #type} has lost; also
     * what it exports where {@link #exportsTypes}. Each call gives types of their own, as each instance
     * has them.
     */
    Scope scope() {
        return Scope.ofRoot(binary.definitions().subList(0, telling));
    }

    /** Whether there are types among its own exports, not only in interfaces. */
    boolean exportsTypes() {
        return type.exports().values().stream().anyMatch(ExternDesc.Type.class::isInstance);
    }

    /** The names of its exports. */
    NameIndex exports() {
        return exports;
    }

    /** The interface that an import with a plain name implements. */
    Optional<String> implemented(String importName) {
        return Optional.ofNullable(implemented.get(importName));
    }

    List<Definition.Export> exportDefinitions() {
        return binary.definitions().stream()
                .filter(Definition.Export.class::isInstance)
                .map(Definition.Export.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return label;
    }
}
