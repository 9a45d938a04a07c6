package dev.virga.cli;

import dev.virga.engine.Trap;

/** A command cannot do what was asked; the message is one line that says what to do. */
public abstract sealed class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CliException(String message) {
        super(message);
    }

    /** The process's exit code. */
    public abstract int exitCode();

    /** What kind of failure it is, for programs. */
    public abstract String kind();

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

        @Override
        public String kind() {
            return "usage";
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

        @Override
        public String kind() {
            return "failed";
        }
    }

    /** The guest trapped or was stopped: exit code 1. */
    public static final class Trapped extends CliException {
        private static final long serialVersionUID = 1L;

        private final transient Trap trap;
        private final String hint;

        /** @param hint a line on what to do about it, or nothing */
        public Trapped(Trap trap, String hint) {
            super("the guest trapped: " + TrapText.message(trap));
            this.trap = trap;
            this.hint = hint;
        }

        public Trap trap() {
            return trap;
        }

        public String hint() {
            return hint;
        }

        @Override
        public int exitCode() {
            return ExitCode.FAILED;
        }

        @Override
        public String kind() {
            return "trap";
        }
    }
}
