package dev.virga.wit;

import java.util.List;

/** Lines of text with indentation, and at most one empty line between them. */
final class PrintedText {

    private static final String INDENT = "  ";
    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean blankWanted;
    private boolean blankPossible;
    private int lastOpened = -1;

    void line(String line) {
        if (blankWanted && blankPossible) {
            text.append('\n');
        }
        blankWanted = false;
        blankPossible = true;
        text.append(line.isEmpty() ? "" : INDENT.repeat(depth)).append(line).append('\n');
    }

    /** An empty line before the next one, unless that is the first of its block. */
    void blank() {
        blankWanted = true;
    }

    boolean fits(String line) {
        return line.lines().allMatch(l -> INDENT.length() * depth + l.codePointCount(0, l.length()) <= WIDTH);
    }

    void indent() {
        depth++;
        blankPossible = false;
    }

    /** The line that ends what was indented. */
    void outdent(String line) {
        depth--;
        blankWanted = false;
        line(line);
    }

    void open(String head) {
        line(head + " {");
        indent();
        lastOpened = text.length();
    }

    /** A block that stayed empty is written on one line. */
    void close() {
        if (text.length() > lastOpened) {
            outdent("}");
            return;
        }
        text.setLength(lastOpened - 1);
        text.append("}\n");
        depth--;
        blankWanted = false;
        blankPossible = true;
    }

    /** A list in brackets, on one line or, where that would be too long, one element a line. */
    void list(String head, List<String> elements, String tail) {
        String flat = head + String.join(", ", elements) + tail;
        if (fits(flat) || elements.isEmpty()) {
            line(flat);
            return;
        }
        line(head);
        indent();
        elements.forEach(e -> line(e + ","));
        outdent(tail);
    }

    void docs(String docs) {
        if (!docs.isEmpty()) {
            for (String line : Characters.allowed(docs).split("\n", -1)) {
                line(line.isEmpty() ? "///" : "/// " + line);
            }
        }
    }

    void annotations(Annotations annotations) {
        docs(annotations.docs());
        Gate gate = annotations.gate();
        gate.since().ifPresent(v -> line("@since(version = " + v + ")"));
        gate.unstable().ifPresent(f -> line("@unstable(feature = " + Names.escaped(f) + ")"));
        gate.deprecated().ifPresent(v -> line("@deprecated(version = " + v + ")"));
        annotations.externalId().ifPresent(id -> line("@external-id(" + StringLiteral.write(id) + ")"));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
