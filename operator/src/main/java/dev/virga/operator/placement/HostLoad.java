package dev.virga.operator.placement;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was placed on a host.
 *
 * @param requested the sum of the requests
 * @param workloads how many
 * @param replicas how many of each set
 * @param images that it has pulled, so that a start there is quick
 * @param failures how often each set has failed there of late
 */
public record HostLoad(
        Resources requested,
        int workloads,
        Map<String, Integer> replicas,
        Set<String> images,
        Map<String, Integer> failures) {

    public static final HostLoad NONE = new HostLoad(Resources.NONE, 0, Map.of(), Set.of(), Map.of());

    public HostLoad {
        // Not copyOf: what is mostly asked for is not there, and these say so sooner.
        replicas = Collections.unmodifiableMap(new HashMap<>(replicas));
        images = Collections.unmodifiableSet(new HashSet<>(images));
    }

    /** Of these workloads together. */
    public static HostLoad of(Collection<PlacementRequest> placed) {
        Resources requested = Resources.NONE;
        Map<String, Integer> replicas = new HashMap<>();
        Set<String> images = new HashSet<>();
        for (PlacementRequest each : placed) {
            requested = requested.plus(each.requests());
            replicas.merge(each.set(), 1, Integer::sum);
            images.addAll(each.images());
        }
        return new HostLoad(requested, placed.size(), replicas, images, Map.of());
    }

    HostLoad with(Map<String, Integer> failures) {
        return failures.equals(this.failures) ? this : new HostLoad(requested, workloads, replicas, images, failures);
    }

    int replicasOf(String set) {
        return replicas.getOrDefault(set, 0);
    }
}
