package dev.virga.wit;

/** A WIT text is malformed or does not fit together. The message begins with {@code file:line:column}. */
public final class WitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;

    WitException(String problem, String file, int line, int column) {
        super(file + ":" + line + ":" + column + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    public String file() {
        return file;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Counted from 1, in code points. */
    public int column() {
        return column;
    }
}
