package dev.virga.plugin.postgres;

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
                settings.number("poolSize", 1, 1000).orElse(8),
                settings.duration("wait", Duration.ZERO, Duration.ofHours(1)).orElse(Duration.ofSeconds(5)),
                settings.duration("timeout", Duration.ofMillis(1), Duration.ofHours(24)).orElse(Duration.ofSeconds(30)),
                settings.duration("idle", Duration.ZERO, Duration.ofHours(24)).orElse(Duration.ofMinutes(1)),
                settings.number("rows", 1, 1_000_000_000).orElse(10_000),
                Math.toIntExact(settings.bytes("resultBytes", 1 << 10, 1 << 30).orElse(16L << 20)));
    }
}
