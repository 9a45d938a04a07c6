package dev.virga.cli.inspect;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.Definition;
import dev.virga.engine.BinaryReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the parts of a binary with their sizes, and the producers that they name. */
final class Parts {

    private static final int PREAMBLE = 8;

    /** Sections of a core module that are worth a line of their own. */
    private enum Section {
        CUSTOM(0, "custom section"),
        CODE(10, "code"),
        DATA(11, "data");

        private final int id;
        private final String words;

        Section(int id, String words) {
            this.id = id;
            this.words = words;
        }
    }

    private final List<Inspection.Part> parts = new ArrayList<>();
    private final Set<Inspection.Producer> producers = new LinkedHashSet<>();

    List<Inspection.Part> parts() {
        return parts;
    }

    List<Inspection.Producer> producers() {
        return List.copyOf(producers);
    }

    void component(ComponentBinary binary, int depth) {
        for (Definition definition : binary.definitions()) {
            switch (definition) {
                case Definition.CoreModule(int _, int start, int end) -> {
                    parts.add(new Inspection.Part("core module", "", end - start, depth));
                    module(binary.bytes(), start, end, depth + 1);
                }
                case Definition.Component(int _, ComponentBinary nested) -> {
                    parts.add(new Inspection.Part("component", "", nested.end() - nested.start(), depth));
                    component(nested, depth + 1);
                }
                default -> {}
            }
        }
        for (ComponentBinary.CustomSection custom : binary.customs()) {
            custom(custom.name(), binary.bytes(), custom.start(), custom.end(), depth);
        }
    }

    /** @throws dev.virga.engine.ModuleException.Malformed if the sections do not fit the module */
    void module(byte[] bytes, int start, int end, int depth) {
        BinaryReader in = new BinaryReader(bytes, start, end);
        in.skip(PREAMBLE);
        while (!in.atEnd()) {
            int id = in.u8();
            int length = in.u32();
            int from = in.position();
            BinaryReader content = in.slice(length);
            for (Section section : Section.values()) {
                if (section.id == id && section == Section.CUSTOM) {
                    custom(content.name(), bytes, content.position(), from + length, depth);
                } else if (section.id == id) {
                    parts.add(new Inspection.Part(section.words, "", length, depth));
                }
            }
        }
    }

    private void custom(String name, byte[] bytes, int start, int end, int depth) {
        parts.add(new Inspection.Part(Section.CUSTOM.words, name, end - start, depth));
        if (name.equals(Producers.SECTION)) {
            producers.addAll(Producers.read(bytes, start, end));
        }
    }
}
