package dev.virga.engine;

import java.util.List;
import java.util.OptionalInt;

/** What a core module imports and exports, in the order of its binary. */
public record ModuleType(List<Import> imports, List<Export> exports) {

    public record Import(String module, String name, ExternType type) {}

    public record Export(String name, ExternType type) {}

    public ModuleType {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
    }

    /** The position of the export of this name. */
    public OptionalInt exportIndex(String name) {
        for (int i = 0; i < exports.size(); i++) {
            if (exports.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
