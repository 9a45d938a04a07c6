package dev.virga.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Workloads that are to stop, and since when the cluster has been told that no requests are to be led to them. An
 * operator that starts anew knows nothing of that: it looks at the endpoints first, and then waits as long as any other.
 */
final class Endings {

    /** Until all nodes and proxies have heard of endpoints, as a rule. */
    static final Duration HANDOVER = Duration.ofSeconds(2);

    /** Endpoints that cannot be written keep nothing running for longer; an operator that starts waits less for hosts. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private record Ending(Instant begun, Optional<Instant> told) {

        Instant end() {
            Instant latest = begun.plus(PATIENCE);
            return told.map(t -> t.plus(HANDOVER)).filter(latest::isAfter).orElse(latest);
        }
    }

    private final InstantSource clock;
    private final Map<String, Ending> byUid = new ConcurrentHashMap<>();

    Endings(InstantSource clock) {
        this.clock = clock;
    }

    void begin(String uid) {
        byUid.computeIfAbsent(uid, _ -> new Ending(clock.instant(), Optional.empty()));
    }

    /** The cluster has been told; the first time counts. */
    void told(String uid) {
        byUid.computeIfPresent(
                uid, (_, e) -> e.told().isPresent() ? e : new Ending(e.begun(), Optional.of(clock.instant())));
    }

    void end(String uid) {
        byUid.remove(uid);
    }

    /** How long one goes on; zero for one that does not end, or has had its time. */
    Duration left(String uid) {
        Duration left = Optional.ofNullable(byUid.get(uid))
                .map(e -> Duration.between(clock.instant(), e.end()))
                .orElse(Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
