package dev.virga.plugin.postgres;

import java.util.ArrayList;
import java.util.List;

/** Arrays of one dimension as PostgreSQL writes them: {@code {1,"a b",NULL}}. */
final class ArrayText {

    private ArrayText() {}

    static String write(List<String> elements, char delimiter) {
        StringBuilder out = new StringBuilder("{");
        for (String element : elements) {
            if (out.length() > 1) {
                out.append(delimiter);
            }
            out.append('"').append(element.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
        return out.append('}').toString();
    }

    /** @throws Unreadable if it has several dimensions, NULL in it, or does not begin with 1 */
    static List<String> read(String text, char delimiter) {
        if (text.startsWith("[")) {
            throw new Unreadable("an array whose subscripts do not begin with 1");
        }
        List<String> elements = new ArrayList<>();
        int at = 1;
        int end = text.length() - 1;
        while (at < end) {
            StringBuilder element = new StringBuilder();
            boolean quoted = text.charAt(at) == '"';
            if (quoted) {
                for (at++; text.charAt(at) != '"'; at++) {
                    if (text.charAt(at) == '\\') {
                        at++;
                    }
                    element.append(text.charAt(at));
                }
                at++;
            } else {
                if (text.charAt(at) == '{') {
                    throw new Unreadable("an array of more than one dimension");
                }
                for (; at < end && text.charAt(at) != delimiter; at++) {
                    element.append(text.charAt(at));
                }
                if (element.toString().equals("NULL")) {
                    throw new Unreadable("an array with NULL in it");
                }
            }
            elements.add(element.toString());
            at++; // the delimiter
        }
        return elements;
    }
}
