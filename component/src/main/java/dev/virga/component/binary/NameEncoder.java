package dev.virga.component.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes {@code nameattributes} (Binary, "Import and Export Definitions"). */
final class NameEncoder {

    private NameEncoder() {}

    private record Attribute(int kind, String value) {}

    static void externName(ExternName name, BinaryWriter out) {
        List<Attribute> attributes = new ArrayList<>();
        add(0, name.implemented(), attributes);
        add(1, name.versionSuffix(), attributes);
        add(2, name.externalId(), attributes);
        out.u8(attributes.isEmpty() ? 0 : 2).name(name.text());
        if (!attributes.isEmpty()) {
            out.vector(attributes, a -> out.u8(a.kind()).name(a.value()));
        }
    }

    private static void add(int kind, Optional<String> value, List<Attribute> attributes) {
        value.ifPresent(v -> attributes.add(new Attribute(kind, v)));
    }
}
