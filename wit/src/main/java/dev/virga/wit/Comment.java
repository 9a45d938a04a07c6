package dev.virga.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A comment between two tokens.
 *
 * @param text as written, its line breaks as line feeds, without space at the end of its lines
 * @param column the offset of its first character in its line
 * @param breaks line breaks between it and what stands before it
 */
record Comment(String text, int column, int breaks) {

    /** To the end of its line. */
    boolean isLine() {
        return text.startsWith("//");
    }

    boolean isDoc() {
        return text.startsWith("///") || text.startsWith("/**");
    }

    /** Its lines, as if the first one began its line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(lines.isEmpty() ? line : withoutMargin(line));
        }
        return lines;
    }

    /** Its lines without their margins. */
    String inline() {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private String withoutMargin(String line) {
        int space = 0;
        while (space < column && space < line.length() && (line.charAt(space) == ' ' || line.charAt(space) == '\t')) {
            space++;
        }
        return line.substring(space);
    }
}
