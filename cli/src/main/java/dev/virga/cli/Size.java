package dev.virga.cli;

/** Sizes for people. */
public final class Size {

    private Size() {}

    public static String text(long bytes) {
        return bytes < 10_000 ? bytes + " bytes" : bytes / 1000 + " kB";
    }
}
