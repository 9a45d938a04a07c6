package dev.virga.operator.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the best of the hosts that fit. Where the set has not failed of late comes first, then spreading. Then a cost: how full a host is, in steps (what is
 * measured wavers), how many workloads it has beside the others, less something for images that it has already.
 */
final class Score {

    /** In thousandths: as full as this counts as equally full, and an image that has to be pulled is worth as much. */
    private static final long STEP = 50;

    /** What as many workloads as others have on average cost, in thousandths. */
    private static final long CROWD = 100;

    private static final long LEAST_CROWD = 10;
    private static final long FULL = 1000;

    private final PlacementRequest request;
    private final Map<String, Integer> replicasInZones = new HashMap<>();
    private final Collection<HostView> candidates;
    private final long crowd;
    private final int seed;

    /** A host, and what is compared of it; less is better. */
    private record Rank(HostView host, int failures, int inZone, int onHost, long cost, int workloads, int lot) {

        boolean before(Rank other) {
            int order = Integer.compare(failures, other.failures);
            order = order != 0 ? order : Integer.compare(inZone, other.inZone);
            order = order != 0 ? order : Integer.compare(onHost, other.onHost);
            order = order != 0 ? order : Long.compare(cost, other.cost);
            order = order != 0 ? order : Integer.compare(workloads, other.workloads);
            order = order != 0 ? order : Integer.compare(lot, other.lot);
            return (order != 0 ? order : host.id().compareTo(other.host.id())) < 0;
        }
    }

    /** @param hosts all of them: replicas count wherever they are */
    Score(PlacementRequest request, Collection<HostView> hosts, Collection<HostView> candidates) {
        this.request = request;
        this.candidates = candidates;
        long all = candidates.stream().mapToLong(h -> h.load().workloads()).sum();
        this.crowd = Math.max(LEAST_CROWD, all / Math.max(1, candidates.size()));
        for (HostView host : hosts) {
            int replicas = host.load().replicasOf(request.set());
            if (replicas > 0) {
                replicasInZones.merge(zone(host), replicas, Integer::sum);
            }
        }
        this.seed = 31 * request.namespace().hashCode() + request.name().hashCode();
    }

    Optional<HostView> best() {
        Rank best = null;
        for (HostView host : candidates) {
            Rank rank = rank(host);
            best = best == null || rank.before(best) ? rank : best;
        }
        return Optional.ofNullable(best).map(Rank::host);
    }

    private Rank rank(HostView host) {
        int failures = host.load().failures().getOrDefault(request.set(), 0);
        int inZone = replicasInZones.getOrDefault(zone(host), 0);
        int onHost = host.load().replicasOf(request.set());
        return new Rank(host, failures, inZone, onHost, cost(host), host.load().workloads(), lot(host));
    }

    /** Hosts without one are a zone together. */
    private static String zone(HostView host) {
        return host.zone().orElse("");
    }

    private long cost(HostView host) {
        return fullness(host) / STEP * STEP
                + CROWD * host.load().workloads() / crowd
                + STEP * Math.min(FULL / STEP, host.load().failures().size()) // it may be the host
                - STEP * pulled(host) / Math.max(1, request.images().size());
    }

    private int pulled(HostView host) {
        int pulled = 0;
        for (String image : request.images()) {
            pulled += host.load().images().contains(image) ? 1 : 0;
        }
        return pulled;
    }

    /** With the workload there, in thousandths of what is scarcest. */
    private long fullness(HostView host) {
        Resources requested = host.load().requested().plus(request.requests());
        return Math.max(
                share(Math.max(requested.memory(), host.used().memory()), host.capacity().memory()),
                share(Math.max(requested.milliCpu(), host.used().milliCpu()), host.capacity().milliCpu()));
    }

    private static long share(long part, long whole) {
        return whole == 0 ? FULL : (long) Math.min(FULL, (double) part / whole * FULL);
    }

    /** Hosts that are equal are not taken in the same order for each request; but for one always in the same. */
    private int lot(HostView host) {
        return (31 * seed + host.id().hashCode()) * 0x9E3779B9 >>> 8;
    }
}
