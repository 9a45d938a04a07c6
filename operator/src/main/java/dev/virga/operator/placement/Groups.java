package dev.virga.operator.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How many replicas of a set the groups of hosts have that a set is spread over. */
final class Groups {

    private final Spread spread;
    private final Map<String, Integer> counts = new HashMap<>();
    private final int fewest; // matters if it is required

    /**
     * @param hosts all of them: replicas count wherever they are
     * @param suitable those whose groups a replica could come to
     */
    Groups(Spread spread, String set, Collection<HostView> hosts, Collection<HostView> suitable) {
        this.spread = spread;
        for (HostView host : hosts) {
            int replicas = host.load().replicasOf(set);
            if (replicas > 0) {
                counts.merge(spread.group(host), replicas, Integer::sum);
            }
        }
        this.fewest = spread.required() ? suitable.stream().mapToInt(this::count).min().orElse(0) : 0;
    }

    Spread spread() {
        return spread;
    }

    int count(HostView host) {
        return counts.isEmpty() ? 0 : counts.getOrDefault(spread.group(host), 0);
    }

    boolean allows(HostView host) {
        return !spread.required() || count(host) + 1 - fewest <= spread.maxSkew();
    }
}
