package dev.virga.host.shape;

import dev.virga.host.shape.Node.Kind;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 with its core schema, of which JSON is a part: {@code no} and {@code on} are strings. */
public final class Yaml {

    static final CoreSchema SCHEMA = new CoreSchema();

    private static final int LONGEST_NUMBER = 20;
    private static final DumpSettings BLOCK = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSchema(SCHEMA)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(1000)
            .setDereferenceAliases(true)
            .build();

    private Yaml() {}

    /** The documents of a text, those before the first error in its syntax if there is one. */
    public static List<Node> documents(String text, Problems problems) {
        return new YamlReader(text, problems).documents();
    }

    /** @param documents of maps, lists, strings, numbers and booleans */
    public static String print(List<?> documents) {
        StringBuilder text = new StringBuilder();
        for (Object document : documents) {
            text.append(text.isEmpty() ? "" : "---\n").append(new Dump(BLOCK).dumpToString(document));
        }
        return text.toString();
    }

    /** What an unquoted word is; nothing for the kinds that no field has. */
    static Optional<Kind> kind(String plain) {
        return kind(SCHEMA.getScalarResolver().resolve(plain, true));
    }

    static Optional<Kind> kind(Tag tag) {
        if (tag.equals(Tag.STR)) {
            return Optional.of(Kind.STRING);
        }
        if (tag.equals(Tag.INT)) {
            return Optional.of(Kind.INTEGER);
        }
        if (tag.equals(Tag.FLOAT)) {
            return Optional.of(Kind.FLOAT);
        }
        if (tag.equals(Tag.BOOL)) {
            return Optional.of(Kind.BOOLEAN);
        }
        return tag.equals(Tag.NULL) ? Optional.of(Kind.NULL) : Optional.empty();
    }

    /** @throws IllegalArgumentException if it is no number of 64 bits */
    static long integer(String text) {
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return text.startsWith("0o") ? Long.parseLong(text, 2, text.length(), 8)
                        : text.startsWith("0x") ? Long.parseLong(text, 2, text.length(), 16)
                        : Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            // Told below, as what is too long is.
        }
        throw new IllegalArgumentException(Quoted.of(text) + " is no whole number of 64 bits");
    }
}
