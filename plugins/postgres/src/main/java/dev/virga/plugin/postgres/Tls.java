package dev.virga.plugin.postgres;

import dev.virga.plugin.PluginException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** From the weakest to the strongest. */
enum Tls {
    DISABLE,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** As PostgreSQL's clients write it. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Tls of(String setting, String text) {
        return Arrays.stream(values())
                .filter(tls -> tls.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new PluginException.Refused("\"" + setting + "\" must be one of "
                        + Arrays.stream(values()).map(Tls::text).collect(Collectors.joining(", "))));
    }

    Tls orStronger(Tls other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
