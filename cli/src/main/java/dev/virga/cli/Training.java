package dev.virga.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Does once what the commands do, so that the JVM records which classes they need (JEP 483, 514).
 * The launcher runs it after each build; nothing else does.
 */
public final class Training {

    private Training() {}

    /** @param guests components to run and inspect */
    public static void main(String[] guests) {
        Console silent = new Console(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(OutputStream.nullOutputStream()));
        VirgaCommand.execute(silent, "--version");
        VirgaCommand.execute(silent, "--help");
        for (String guest : guests) {
            VirgaCommand.execute(silent, "inspect", guest);
            VirgaCommand.execute(silent, "run", "--timeout", "30s", "--env", "A=B", guest);
        }
    }
}
