package dev.virga.component.binary;

import java.util.Optional;

/** Decodes {@code nameattributes} (Binary, "Import and Export Definitions"). */
final class NameDecoder {

    private NameDecoder() {}

    static ExternName externName(Reader in) {
        int form = in.u8();
        if (form > 2) {
            throw in.unexpected(form, "a name");
        }
        String text = in.name();
        if (form < 2) {
            return new ExternName(text);
        }
        String[] attributes = new String[3];
        in.vector(() -> attribute(in, attributes));
        return new ExternName(
                text,
                Optional.ofNullable(attributes[0]),
                Optional.ofNullable(attributes[1]),
                Optional.ofNullable(attributes[2]));
    }

    private static int attribute(Reader in, String[] attributes) {
        int start = in.position();
        int kind = in.u8();
        if (kind > 2) {
            throw in.unexpected(kind, "a name's attribute");
        }
        String value = in.name();
        if (attributes[kind] != null) {
            String name = switch (kind) {
                case 0 -> "implements";
                case 1 -> "versionsuffix";
                default -> "external-id";
            };
            throw in.invalid("duplicate `" + name + "` attribute of a name", start);
        }
        attributes[kind] = value;
        return kind;
    }
}
