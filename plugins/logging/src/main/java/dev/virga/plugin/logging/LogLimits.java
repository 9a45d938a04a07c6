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

    static LogLimits of(Settings settings) {
        settings.allow(List.of("rate", "burst", "message"));
        long rate = settings.bytes("rate").orElse(256L << 10);
        long burst = settings.bytes("burst").orElse(1L << 20);
        long message = settings.bytes("message").orElse(8L << 10);
        if (rate < 1 || message < 1 || message > 1 << 20) {
            throw new PluginException.Refused(
                    "\"rate\" must be 1 or more, \"message\" from 1 to 1Mi, but they are " + rate + " and " + message);
        }
        if (burst < (message + 2 * CONTEXT) * BYTES_PER_CHAR) {
            throw new PluginException.Refused("\"burst\" is " + burst + " bytes, too few for the longest line: "
                    + "raise it to " + (message + 2 * CONTEXT) * BYTES_PER_CHAR + " or more, or lower \"message\"");
        }
        return new LogLimits(rate, burst, (int) message);
    }
}
