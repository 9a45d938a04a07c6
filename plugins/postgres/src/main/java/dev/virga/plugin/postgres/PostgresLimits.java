package dev.virga.plugin.postgres;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What one entry of a workload may use of a server.
 *
 * @param connections at a time
 * @param patience how long to wait for a free connection
 * @param timeout of a statement, and of opening a connection
 * @param idle after which an unused connection is closed
 * @param rows of one result
 * @param bytes of one result, as the server sends it
 */
record PostgresLimits(int connections, Duration patience, Duration timeout, Duration idle, int rows, int bytes) {

    static final List<String> NAMES = List.of("poolSize", "wait", "timeout", "idle", "rows", "resultBytes");

    static PostgresLimits of(Settings settings) {
        return new PostgresLimits(
                settings.number("poolSize").orElse(8),
                settings.duration("wait").orElse(Duration.ofSeconds(5)),
                settings.duration("timeout").orElse(Duration.ofSeconds(30)),
                settings.duration("idle").orElse(Duration.ofMinutes(1)),
                settings.number("rows").orElse(10_000),
                (int) Math.min(settings.bytes("resultBytes").orElse(16L << 20), 1 << 30));
    }

    PostgresLimits {
        if (connections < 1 || connections > 1000) {
            throw new PluginException.Refused("\"poolSize\" must be from 1 to 1000, but is " + connections);
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofHours(24)) > 0) {
            throw new PluginException.Refused("\"timeout\" must be from 1ms to 24h, but is " + timeout);
        }
        if (patience.isNegative() || idle.isNegative()) {
            throw new PluginException.Refused("\"wait\" and \"idle\" must not be negative");
        }
        if (rows < 1 || rows == Integer.MAX_VALUE || bytes < 1024) {
            throw new PluginException.Refused("\"rows\" must be 1 or more and \"resultBytes\" 1Ki or more");
        }
    }
}
