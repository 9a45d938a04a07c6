package dev.virga.wit;

/**
 * Something that is wrong in a WIT text.
 *
 * @param line counted from 1; 0 if it concerns the file as a whole
 * @param column counted from 1, in code points
 * @param text without the position
 */
public record Problem(Severity severity, String file, int line, int column, String text) {

    public enum Severity {
        /** The text cannot be used. */
        ERROR,
        /** It can, but breaks a rule of WIT.md that published packages break too, and other tools let pass. */
        WARNING
    }

    Problem moved(int lines, int columns) {
        return new Problem(severity, file, line + lines, column + columns, text);
    }

    /** For example {@code a.wit:3:8: there is no type 't' here}. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line + ":" + column) + ": " + (severity == Severity.WARNING ? "warning: " : "") + text;
    }
}
