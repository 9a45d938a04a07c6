package dev.virga.cli.redact;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Copies JSON with what is in its strings masked, by the names of fields and by their text. Numbers, booleans and the
 * structure stay, but for numbers whose name says that they are a secret or an id.
 */
final class JsonRedactor {

    /** After which a field's name is told by its parent's, too: {@code {"host": {"name": …}}}. */
    private static final Set<String> PARTS = Set.of("id", "name", "value", "address", "ip", "uid", "token", "key");

    private static final int DEEPEST = 500;
    private static final int MOST_KEPT = 10_000;

    private final TextRedactor text;
    private final Values values;
    private final Masks masks;

    JsonRedactor(TextRedactor text, Values values, Masks masks) {
        this.text = text;
        this.values = values;
        this.masks = masks;
    }

    /** Copies the value that the parser is at, and all in it. */
    void copy(JsonParser in, JsonGenerator out) throws IOException {
        value(in, out, "", Optional.empty(), 0);
    }

    /** @param kind what the value's name says it is */
    private void value(JsonParser in, JsonGenerator out, String name, Optional<Kind> kind, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("nested deeper than " + DEEPEST);
        }
        switch (in.currentToken()) {
            case START_OBJECT -> object(in, out, name, kind.filter(k -> k == Kind.TOKEN), depth);
            case START_ARRAY -> {
                out.writeStartArray();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    value(in, out, name, kind, depth + 1);
                }
                out.writeEndArray();
            }
            case VALUE_STRING -> out.writeString(string(in.getText(), kind));
            case VALUE_NUMBER_INT -> {
                if (kind.isPresent() && kind.get() != Kind.HOST) {
                    out.writeString(masks.mask(kind.get(), in.getText()));
                } else {
                    out.copyCurrentEvent(in);
                }
            }
            case VALUE_NUMBER_FLOAT -> out.writeNumber(in.getText()); // with the digits that it had
            default -> out.copyCurrentEvent(in);
        }
    }

    private String string(String value, Optional<Kind> kind) {
        if (kind.isPresent()) {
            Optional<Values.Part> part = values.part(kind.get(), value, false);
            if (part.isPresent()) {
                int length = part.get().length();
                return masks.mask(part.get().kind(), value.substring(0, length)) + value.substring(length);
            }
        }
        return text.redact(value);
    }

    private void object(JsonParser in, JsonGenerator out, String parent, Optional<Kind> inherited, int depth)
            throws IOException {
        out.writeStartObject();
        Optional<String> attribute = Optional.empty(); // OTLP: {"key": NAME, "value": {"stringValue": …}}
        TokenBuffer early = null; // a "value" that came before its "key"
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            if (name.equals("key") && in.currentToken() == JsonToken.VALUE_STRING) {
                attribute = Optional.of(in.getText());
            }
            if (name.equals("value") && attribute.isEmpty() && early == null && in.currentToken() != JsonToken.START_ARRAY) {
                early = kept(in);
                continue;
            }
            out.writeFieldName(text.redact(name));
            field(in, out, parent, name, name.equals("value") ? attribute : Optional.empty(), inherited, depth + 1);
        }
        if (early != null) {
            out.writeFieldName("value");
            try (JsonParser kept = early.asParser()) {
                kept.nextToken();
                field(kept, out, parent, "value", attribute, inherited, depth + 1);
            }
        }
        out.writeEndObject();
    }

    /** @param attribute whose value it is */
    private void field(
            JsonParser in,
            JsonGenerator out,
            String parent,
            String name,
            Optional<String> attribute,
            Optional<Kind> inherited,
            int depth)
            throws IOException {
        Optional<Kind> kind = kind(parent, attribute.orElse(name), inherited);
        if (attribute.isPresent() && in.currentToken() == JsonToken.START_OBJECT) {
            object(in, out, name, kind, depth); // what holds the value is of its kind, too
        } else {
            value(in, out, name, kind, depth);
        }
    }

    private static TokenBuffer kept(JsonParser in) throws IOException {
        TokenBuffer buffer = new TokenBuffer(in);
        int open = 0;
        for (int count = 0; ; count++, in.nextToken()) {
            if (count > MOST_KEPT) {
                throw new IOException("a field value with more than " + MOST_KEPT + " parts stands before its key");
            }
            JsonToken token = in.currentToken();
            buffer.copyCurrentEvent(in);
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (open == 0) {
                return buffer;
            }
        }
    }

    private static Optional<Kind> kind(String parent, String name, Optional<Kind> inherited) {
        if (inherited.isPresent()) {
            return inherited;
        }
        if (name.equals("bytesValue")) {
            return Optional.of(Kind.TOKEN); // nobody can see what is in it
        }
        if (parent.equals("metadata") && name.equals("name")) {
            return Optional.of(Kind.TENANT);
        }
        Optional<Kind> own = Keys.kind(name);
        return own.isEmpty() && PARTS.contains(name) ? Keys.kind(parent + "." + name) : own;
    }
}
