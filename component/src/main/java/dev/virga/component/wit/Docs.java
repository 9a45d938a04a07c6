package dev.virga.component.wit;

import dev.virga.component.binary.BinaryWriter;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ExternName;
import dev.virga.wit.Annotations;
import dev.virga.wit.Gate;
import dev.virga.wit.Version;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the binary format has no place for, doc comments and gates, as other tools keep it too: in a
 * custom section {@code package-docs}, a version number and JSON. {@link DocsWriter} has its members.
 */
record Docs(Map<String, Object> members) {

    static final Docs NONE = new Docs(Map.of());

    private static final String SECTION = "package-docs";
    private static final int VERSION = 1;

    /** Those of an encoded package. What cannot be read is left out, as any custom section may be. */
    static Docs of(ComponentBinary binary) {
        return binary.customs().stream()
                .filter(c -> c.name().equals(SECTION) && c.end() > c.start() && binary.bytes()[c.start()] <= VERSION)
                .map(c -> new String(binary.bytes(), c.start() + 1, c.end() - c.start() - 1, StandardCharsets.UTF_8))
                .flatMap(json -> Json.read(json).stream())
                .findFirst()
                .map(Docs::new)
                .orElse(NONE);
    }

    String sectionName() {
        return SECTION;
    }

    BinaryWriter sectionContent() {
        return new BinaryWriter().u8(VERSION).bytes(Json.write(members).getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    Docs at(String name) {
        return members.get(name) instanceof Map<?, ?> inner ? new Docs((Map<String, Object>) inner) : NONE;
    }

    /** The text under a name, as a doc comment can have it. */
    String text(String name) {
        return members.get(name) instanceof String text
                ? Stream.of(text.replace('\r', ' ').split("\n", -1)).map(String::stripTrailing).collect(Collectors.joining("\n"))
                : "";
    }

    /** What stands before an item: what is known here, and the external id, which is part of its name. */
    Annotations annotations(ExternName name) {
        return annotations(text("docs"), at("stability"), name);
    }

    /** What stands before an interface that a world imports or exports by its name. */
    Annotations reference(boolean imported, ExternName name, boolean externalId) {
        String kind = imported ? "interface_import_" : "interface_export_";
        ExternName known = externalId ? name : new ExternName(name.text());
        return annotations(at(kind + "docs").text(name.text()), at(kind + "stability").at(name.text()), known);
    }

    private static Annotations annotations(String docs, Docs stability, ExternName name) {
        Docs stable = stability.at("stable");
        Docs unstable = stability.at("unstable");
        Optional<Version> since = Version.parse(stable.text("since"));
        Optional<String> feature = Optional.of(unstable.text("feature")).filter(Gate::isFeature);
        Optional<Version> deprecated = Version.parse((since.isPresent() ? stable : unstable).text("deprecated"))
                .filter(v -> since.isPresent() || feature.isPresent());
        Gate gate = new Gate(since, since.isPresent() ? Optional.empty() : feature, deprecated);
        return docs.isEmpty() && gate.equals(Gate.NONE) && name.externalId().isEmpty()
                ? Annotations.NONE
                : new Annotations(docs, gate, name.externalId());
    }
}
