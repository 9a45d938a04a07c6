package dev.virga.benchmark;

import java.util.Locale;

/** Figures that are measured together. */
public enum Group {
    STARTUP,
    LATENCY,
    MEMORY,
    NEIGHBOURS,
    SIZE,
    TRANSPORT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
