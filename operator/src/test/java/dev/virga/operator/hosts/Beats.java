package dev.virga.operator.hosts;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.hostapi.message.WitInterface;
import java.util.List;
import java.util.Map;

/** Heartbeats of tests. */
final class Beats {

    static final long GIB = 1 << 30;

    private Beats() {}

    static HostHeartbeat of(String id) {
        return of(id, "10.0.0." + Math.floorMod(id.hashCode(), 250), "2026-01-01T00:00:00Z", Map.of("hostgroup", "default"));
    }

    static HostHeartbeat of(String id, String hostname, String started, Map<String, String> labels) {
        return new HostHeartbeat(
                id, hostname, "virga-" + id.toLowerCase(java.util.Locale.ROOT), "1.0", labels, started, "x86_64", "linux",
                "6.1", 50, 8 * GIB, 6 * GIB, 0, 0,
                List.of(new WitInterface("wasi", "keyvalue", "0.2.0-draft", List.of("store", "atomics"), Map.of(), "")),
                List.of(), 8080, "shop");
    }
}
