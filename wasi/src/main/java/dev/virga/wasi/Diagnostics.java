package dev.virga.wasi;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells the operator what the guest cannot be told: once per kind, what it was refused and how to
 * grant it, where the guest itself sees an error code only.
 */
public final class Diagnostics {

    private static final int MAX_DETAIL = 200;

    private final Consumer<String> lines;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param lines takes one line at a time */
    public Diagnostics(Consumer<String> lines) {
        this.lines = lines;
    }

    /**
     * @param kind of what the guest wanted, for example {@code sockets}
     * @param detail what exactly; may hold text of the guest
     * @param remedy how to grant it, for example {@code grant with -S inherit-network}
     */
    public void refused(String kind, String detail, String remedy) {
        if (told.add(kind)) {
            lines.accept(kind + " refused: " + harmless(detail) + " (" + harmless(remedy) + ")");
        }
    }

    /** Tells of something that went wrong on the host and that the guest cannot be told. */
    public void failed(String what, IOException cause) {
        lines.accept(harmless(what + ": " + cause));
    }

    /** A guest's text must not steer the operator's terminal or fill the log. */
    private static String harmless(String text) {
        String cut = text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) + "…" : text;
        return Harmless.text(cut);
    }
}
