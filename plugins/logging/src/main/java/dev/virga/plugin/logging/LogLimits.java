package dev.virga.plugin.logging;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.util.List;

/**
 * What a workload may log.
 *
 * @param rate in bytes a second
 * @param burst in bytes
 * @param message longest message, in characters; the rest of a longer one is cut off
 */
record LogLimits(long rate, long burst, int message) {

    /** The longest context, in characters. */
    static final int CONTEXT = 256;

    /** More bytes than the longest line can have. */
    private static final int BYTES_PER_CHAR = 3;

    private static final long MOST_BYTES = 1 << 30;

    static LogLimits of(Settings settings) {
        settings.allow(List.of("rate", "burst", "message"));
        long rate = settings.bytes("rate", 1, MOST_BYTES).orElse(256L << 10);
        long burst = settings.bytes("burst", 1, MOST_BYTES).orElse(1L << 20);
        long message = settings.bytes("message", 1, 1 << 20).orElse(8L << 10);
        if (burst < (message + 2 * CONTEXT) * BYTES_PER_CHAR) {
            throw new PluginException.Refused("\"burst\" is " + burst + " bytes, too few for the longest line: "
                    + "raise it to " + (message + 2 * CONTEXT) * BYTES_PER_CHAR + " or more, or lower \"message\"");
        }
        return new LogLimits(rate, burst, (int) message);
    }
}
