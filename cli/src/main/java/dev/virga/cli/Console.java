package dev.virga.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes: results go to {@code out}, diagnostics to {@code err}. */
public record Console(InputStream in, PrintStream out, PrintStream err) {

    /** The process's own streams. */
    public static Console system() {
        return new Console(System.in, System.out, System.err);
    }
}
