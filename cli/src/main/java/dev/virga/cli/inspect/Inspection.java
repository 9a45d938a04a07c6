package dev.virga.cli.inspect;

import dev.virga.cli.EngineUse;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a file.
 *
 * @param engine that runs the component unless another one is asked for
 * @param wit the component's types as WIT text, where WIT has words for them
 */
record Inspection(
        String file,
        boolean component,
        int size,
        Optional<EngineUse> engine,
        List<Item> imports,
        List<Item> exports,
        List<Part> parts,
        List<Producer> producers,
        List<Capability> capabilities,
        Optional<String> wit) {

    /** An import or export; {@code kind} as in the text format, for example {@code instance}. */
    record Item(String name, String kind) {}

    /**
     * A part of the binary.
     *
     * @param depth how many components it is nested in
     */
    record Part(String kind, String name, int size, int depth) {}

    /**
     * An entry of a producers section.
     *
     * @param field {@code language}, {@code processed-by} or {@code sdk}
     */
    record Producer(String field, String name, String version) {}

    Inspection {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
        parts = List.copyOf(parts);
        producers = List.copyOf(producers);
        capabilities = List.copyOf(capabilities);
    }
}
