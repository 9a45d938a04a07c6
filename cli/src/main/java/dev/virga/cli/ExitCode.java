package dev.virga.cli;

/** Exit codes of every command; {@code run} ends with the guest's own where it has one. */
public final class ExitCode {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private ExitCode() {}
}
