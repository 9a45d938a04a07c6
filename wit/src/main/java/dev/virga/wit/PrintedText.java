package dev.virga.wit;

/** Lines of text with indentation, and at most one empty line between them. */
final class PrintedText {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean blankWanted;
    private boolean blankPossible;

    void line(String line) {
        if (blankWanted && blankPossible) {
            text.append('\n');
        }
        blankWanted = false;
        blankPossible = true;
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }

    /** An empty line before the next one, unless that is the first of its block. */
    void blank() {
        blankWanted = true;
    }

    void open(String head) {
        line(head + " {");
        depth++;
        blankPossible = false;
    }

    void close() {
        depth--;
        blankWanted = false;
        line("}");
    }

    void docs(String docs) {
        if (!docs.isEmpty()) {
            for (String line : docs.split("\n", -1)) {
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
