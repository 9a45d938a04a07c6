package dev.virga.component.wit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Objects and strings in JSON, which is all that package docs consist of. */
final class Json {

    private static final int MAX_DEPTH = 20;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Not JSON, or more of it than objects and strings. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An object's members: strings and maps like itself; nothing if the text is no such object. */
    static Optional<Map<String, Object>> read(String text) {
        Json json = new Json(text);
        try {
            Map<String, Object> object = json.object(0);
            json.space();
            return json.at == text.length() ? Optional.of(object) : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> object(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Malformed();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        if (eat('}')) {
            return members;
        }
        do {
            String name = string();
            expect(':');
            space();
            members.put(name, at < text.length() && text.charAt(at) == '{' ? object(depth + 1) : string());
        } while (eat(','));
        expect('}');
        return members;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = take();
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = take();
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (c != 'u') {
            throw new Malformed();
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(take(), 16);
            if (digit < 0) {
                throw new Malformed();
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private char take() {
        if (at == text.length()) {
            throw new Malformed();
        }
        return text.charAt(at++);
    }

    private void expect(char c) {
        if (!eat(c)) {
            throw new Malformed();
        }
    }

    private boolean eat(char c) {
        space();
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** @param object strings and maps like itself */
    static String write(Map<String, Object> object) {
        StringBuilder out = new StringBuilder();
        write(object, out);
        return out.toString();
    }

    private static void write(Map<?, ?> object, StringBuilder out) {
        char separator = '{';
        for (Map.Entry<?, ?> member : object.entrySet()) {
            write((String) member.getKey(), out.append(separator));
            out.append(':');
            if (member.getValue() instanceof Map<?, ?> inner) {
                write(inner, out);
            } else {
                write((String) member.getValue(), out);
            }
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void write(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(c == '\n' ? "\\n" : String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
