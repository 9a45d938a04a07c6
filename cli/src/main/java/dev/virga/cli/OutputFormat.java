package dev.virga.cli;

import java.util.Locale;

/** How results are printed: for people or for programs. */
public enum OutputFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
