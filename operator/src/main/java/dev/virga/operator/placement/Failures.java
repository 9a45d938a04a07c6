package dev.virga.operator.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Which sets have not run on which hosts of late. Not safe for several threads. */
final class Failures {

    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private record Failure(int times, Instant last) {}

    private final InstantSource clock;
    private final Map<String, Map<String, Failure>> byHost = new HashMap<>();

    Failures(InstantSource clock) {
        this.clock = clock;
    }

    void add(String host, String set) {
        byHost.computeIfAbsent(host, _ -> new HashMap<>())
                .merge(set, new Failure(1, clock.instant()), (was, now) -> new Failure(was.times() + 1, now.last()));
    }

    /** How often each set has failed on a host. */
    Map<String, Integer> on(String host) {
        return byHost.getOrDefault(host, Map.of()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().times()));
    }

    /** Those that are old count no more: the host, or the set, may be another by now. */
    void forget() {
        if (byHost.isEmpty()) {
            return;
        }
        Instant oldest = clock.instant().minus(REMEMBERED);
        byHost.values().forEach(sets -> sets.values().removeIf(f -> f.last().isBefore(oldest)));
        byHost.values().removeIf(Map::isEmpty);
    }
}
