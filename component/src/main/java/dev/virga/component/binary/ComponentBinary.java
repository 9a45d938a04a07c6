package dev.virga.component.binary;

import java.util.List;

/**
 * A decoded component: its definitions in the order of the binary (Binary, "Component
 * Definitions"). Indices are as written; nothing is resolved or checked beyond the grammar.
 *
 * @param bytes the whole binary that this component is part of
 * @param start offset of the component's first byte in {@code bytes}
 * @param end offset behind its last byte
 */
public record ComponentBinary(byte[] bytes, int start, int end, List<Definition> definitions, List<CustomSection> customs) {

    /** A custom section: its content lies from {@code start} to {@code end} in {@link #bytes}. */
    public record CustomSection(String name, int start, int end) {}

    public ComponentBinary {
        definitions = List.copyOf(definitions);
        customs = List.copyOf(customs);
    }

    /** What is linked: the definitions, without the bytes and sections that say no more once all is validated. */
    public ComponentBinary definitionsOnly() {
        List<Definition> kept = definitions.stream()
                .map(d -> d instanceof Definition.Component(int offset, ComponentBinary nested)
                        ? new Definition.Component(offset, nested.definitionsOnly())
                        : d)
                .toList();
        return new ComponentBinary(new byte[0], start, end, kept, List.of());
    }
}
