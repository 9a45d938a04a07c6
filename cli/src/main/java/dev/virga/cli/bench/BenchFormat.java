package dev.virga.cli.bench;

import java.util.Locale;

/** How a report is printed. */
enum BenchFormat {
    TEXT,
    JSON,
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
