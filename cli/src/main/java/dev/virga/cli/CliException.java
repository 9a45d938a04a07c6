package dev.virga.cli;

/** A command cannot do what was asked; the message is one line that says what to do. */
public abstract sealed class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CliException(String message) {
        super(message);
    }

    /** The process's exit code. */
    public abstract int exitCode();

    /** The command was given something that it cannot use: exit code 2. */
    public static final class Usage extends CliException {
        private static final long serialVersionUID = 1L;

        public Usage(String message) {
            super(message);
        }

        @Override
        public int exitCode() {
            return ExitCode.USAGE;
        }
    }

    /** The guest or the request failed: exit code 1. */
    public static final class Failed extends CliException {
        private static final long serialVersionUID = 1L;

        public Failed(String message) {
            super(message);
        }

        @Override
        public int exitCode() {
            return ExitCode.FAILED;
        }
    }
}
