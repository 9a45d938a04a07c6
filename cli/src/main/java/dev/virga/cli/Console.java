package dev.virga.cli;

import dev.virga.wasi.Stdio;
import dev.virga.wasi.Terminals;
import dev.virga.wasi.io.DirectOutput;
import dev.virga.wasi.io.ReadAhead;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command reads and writes: results go to {@code out}, diagnostics to {@code err}.
 *
 * @param environment variables
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

    private static final int READ_AHEAD = 64 * 1024;

    /** With the process's variables. */
    public Console(InputStream in, PrintStream out, PrintStream err) {
        this(in, out, err, System.getenv());
    }

    /** The process's own streams. */
    public static Console system() {
        return new Console(System.in, System.out, System.err);
    }

    /** Which of the streams are terminals. */
    public Terminals terminals() {
        return isSystem() ? Terminals.INHERITED : Terminals.NONE;
    }

    /** How results may look. */
    public Style style() {
        return Style.of(terminals().out(), environment);
    }

    /** How diagnostics may look. */
    public Style errorStyle() {
        return Style.of(terminals().err(), environment);
    }

    private boolean isSystem() {
        return in == System.in && out == System.out && err == System.err;
    }

    /** The same streams for a guest. */
    public Stdio stdio() {
        return isSystem()
                ? Stdio.inherit()
                : new Stdio(
                        new ReadAhead(in::read, READ_AHEAD),
                        new DirectOutput(out),
                        new DirectOutput(err),
                        Terminals.NONE);
    }
}
