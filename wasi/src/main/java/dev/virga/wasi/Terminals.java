package dev.virga.wasi;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells which standard streams are terminals; asked only when a guest asks. */
public interface Terminals {

    /** None of them. */
    Terminals NONE = descriptor -> false;

    /** This process's own. */
    Terminals INHERITED = Terminals::isTerminal;

    /** @param descriptor 0, 1 or 2 */
    boolean is(int descriptor);

    default boolean in() {
        return is(0);
    }

    default boolean out() {
        return is(1);
    }

    default boolean err() {
        return is(2);
    }

    /**
     * Linux tells for each stream. Elsewhere Java tells only whether standard input and output are
     * both terminals, and nothing of standard error.
     */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        Console console = System.console();
        return descriptor != 2 && console != null && console.isTerminal();
    }
}
