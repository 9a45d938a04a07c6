package dev.virga.cli.redact;

import java.util.Locale;

/** What is masked. */
enum Kind {
    TOKEN,
    EMAIL,
    ADDRESS,
    HOST,
    TENANT,
    REQUEST,
    PATTERN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
