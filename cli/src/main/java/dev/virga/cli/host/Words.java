package dev.virga.cli.host;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Quantities for people. */
final class Words {

    private Words() {}

    /** The time since then in its largest unit: {@code 5m}. */
    static String age(String instant, Instant now) {
        try {
            Duration age = Duration.between(Instant.parse(instant), now);
            if (age.toDays() > 0) {
                return age.toDays() + "d";
            }
            if (age.toHours() > 0) {
                return age.toHours() + "h";
            }
            return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
        } catch (DateTimeException e) {
            return "";
        }
    }

    static String bytes(long bytes) {
        return bytes < 1 << 20
                ? (bytes + 1023) / 1024 + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    static String cpu(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
