package dev.virga.wit;

/** A WIT text is malformed or does not fit together. The message begins with {@code file:line:column}. */
public final class WitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    WitException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public String file() {
        return problem.file();
    }

    /** Counted from 1. */
    public int line() {
        return problem.line();
    }

    boolean isBehind(WitException other) {
        return line() > other.line() || line() == other.line() && column() > other.column();
    }

    /** Counted from 1, in code points. */
    public int column() {
        return problem.column();
    }
}
