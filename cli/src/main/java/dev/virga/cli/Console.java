package dev.virga.cli;

import dev.virga.wasi.Stdio;
import dev.virga.wasi.Terminals;
import dev.virga.wasi.io.DirectOutput;
import dev.virga.wasi.io.ReadAhead;
import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes: results go to {@code out}, diagnostics to {@code err}. */
public record Console(InputStream in, PrintStream out, PrintStream err) {

    private static final int READ_AHEAD = 64 * 1024;

    /** The process's own streams. */
    public static Console system() {
        return new Console(System.in, System.out, System.err);
    }

    /** The same streams for a guest. */
    public Stdio stdio() {
        return in == System.in && out == System.out && err == System.err
                ? Stdio.inherit()
                : new Stdio(
                        new ReadAhead(in::read, READ_AHEAD),
                        new DirectOutput(out),
                        new DirectOutput(err),
                        Terminals.NONE);
    }
}
