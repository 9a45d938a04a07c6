package dev.virga.cli.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A YAML document with comments before its entries. */
final class Commented {

    /** What YAML takes for a string without quotes, whichever version reads it. */
    private static final Pattern PLAIN = Pattern.compile(
            "[A-Za-z/][A-Za-z0-9/._-]*(:[A-Za-z0-9/._-]+)*|[0-9]+(ms|s|m|h|%|Ki|Mi|Gi|Ti)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 110;
    private static final Pattern WORDS_OF_YAML = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

    /** An empty map that is not left out. */
    static final Object NOTHING = new Object() {
        @Override
        public String toString() {
            return "{}";
        }
    };

    private record Note(String text) {}

    private final Map<String, Object> entries = new LinkedHashMap<>();

    /** A map, a list of maps or strings, a string, a number or a boolean; what is empty is left out. */
    Commented put(String key, Object value) {
        boolean empty = switch (value) {
            case Commented map -> map.entries.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
        if (!empty) {
            entries.put(key, value);
        }
        return this;
    }

    /** A comment before what comes next. */
    Commented note(String text) {
        entries.put("#" + entries.size(), new Note(text));
        return this;
    }

    /** An object as it is. */
    static Commented of(Item object) {
        Commented copy = new Commented();
        object.keys().stream().filter(key -> object.at(key).isThere()).forEach(key ->
                copy.put(key, copied(object.at(key).plain())));
        return copy;
    }

    private static Object copied(Object plain) {
        return switch (plain) {
            case Map<?, ?> map when map.isEmpty() -> NOTHING;
            case Map<?, ?> map -> {
                Commented copy = new Commented();
                map.forEach((key, value) -> copy.put(key.toString(), copied(value)));
                yield copy;
            }
            case List<?> list -> list.stream().map(Commented::copied).toList();
            default -> plain;
        };
    }

    /** All comments. */
    List<String> notes() {
        List<String> all = new ArrayList<>();
        entries.values().forEach(value -> notes(value, all));
        return all;
    }

    private static void notes(Object value, List<String> all) {
        switch (value) {
            case Note(String text) -> all.add(text);
            case Commented map -> all.addAll(map.notes());
            case List<?> list -> list.forEach(item -> notes(item, all));
            default -> { }
        }
    }

    /** Without its comments. */
    Map<String, Object> plain() {
        Map<String, Object> map = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (!(value instanceof Note)) {
                map.put(key, plain(value));
            }
        });
        return map;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Commented map -> map.plain();
            case Object nothing when nothing == NOTHING -> Map.of();
            case List<?> list -> list.stream().map(Commented::plain).toList();
            default -> value;
        };
    }

    String yaml() {
        StringBuilder out = new StringBuilder();
        print(out, "");
        return out.toString();
    }

    private void print(StringBuilder out, String indent) {
        entries.forEach((key, value) -> {
            if (value instanceof Note(String text)) {
                comment(text, out, indent);
            } else if (value instanceof Commented map && map.plain().isEmpty()) {
                map.notes().forEach(note -> comment(note, out, indent));
            } else {
                out.append(indent).append(scalar(key)).append(':');
                value(value, out, indent);
            }
        });
    }

    private static void comment(String text, StringBuilder out, String indent) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (!line.isEmpty() && indent.length() + line.length() + word.length() > WIDTH) {
                out.append(indent).append("#").append(line).append('\n');
                line.setLength(0);
            }
            line.append(' ').append(word);
        }
        out.append(indent).append("#").append(line).append('\n');
    }

    private static void value(Object value, StringBuilder out, String indent) {
        switch (value) {
            case Commented map -> {
                out.append('\n');
                map.print(out, indent + "  ");
            }
            case Map<?, ?> map -> {
                out.append('\n');
                map.forEach((key, inner) -> {
                    out.append(indent).append("  ").append(scalar(key)).append(':');
                    value(inner, out, indent + "  ");
                });
            }
            case List<?> list -> {
                out.append('\n');
                list.forEach(item -> item(item, out, indent + "  "));
            }
            default -> out.append(' ').append(scalar(value)).append('\n');
        }
    }

    /** The first entry stands behind the dash; comments before it stand above. */
    private static void item(Object item, StringBuilder out, String indent) {
        if (!(item instanceof Commented map)) {
            String text = item instanceof List<?> list ? JSON.valueToTree(plain(list)).toString() : scalar(item);
            out.append(indent).append("- ").append(text).append('\n');
            return;
        }
        StringBuilder inner = new StringBuilder();
        map.print(inner, indent + "  ");
        boolean dashed = false;
        for (String line : inner.toString().split("\n")) {
            boolean note = line.stripLeading().startsWith("#");
            out.append(dashed ? line : indent + (note ? "" : "- ") + line.stripLeading()).append('\n');
            dashed |= !note;
        }
    }

    private static String scalar(Object value) {
        String text = value.toString();
        boolean bare = !(value instanceof String)
                || PLAIN.matcher(text).matches() && !WORDS_OF_YAML.matcher(text).matches();
        return bare ? text : TextNode.valueOf(text).toString();
    }
}
