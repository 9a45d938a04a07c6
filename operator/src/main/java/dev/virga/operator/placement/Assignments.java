package dev.virga.operator.placement;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which workload is on which host, by the workloads' ids. What was placed counts from then on, so that several threads
 * cannot give the same memory away twice.
 */
public final class Assignments {

    /** One workload's. */
    public record Assignment(String host, PlacementRequest request) {}

    private final Map<String, Assignment> byWorkload = new LinkedHashMap<>();
    private final Map<String, Map<String, PlacementRequest>> byHost = new HashMap<>();
    private final Map<String, HostLoad> loads = new HashMap<>(); // summed up when asked for
    private final Failures failures;

    /** @param clock for how long failures are remembered */
    public Assignments(InstantSource clock) {
        this.failures = new Failures(clock);
    }

    /**
     * Chooses a host and keeps the place there; one that has a place already keeps it if its host is there.
     *
     * @param hosts their {@code load} does not matter
     */
    public synchronized Placement place(String workload, PlacementRequest request, Collection<HostView> hosts) {
        Optional<HostView> known = Optional.ofNullable(byWorkload.get(workload))
                .flatMap(a -> hosts.stream().filter(h -> h.id().equals(a.host())).findFirst());
        if (known.isPresent()) {
            return new Placement.Placed(loaded(known.get()));
        }
        failures.forget();
        List<HostView> loaded = hosts.stream().map(this::loaded).toList();
        Placement placement = Scheduler.place(request, loaded);
        if (placement instanceof Placement.Placed(HostView host)) {
            assign(workload, host.id(), request);
        }
        return placement;
    }

    private HostView loaded(HostView host) {
        return host.with(load(host.id()).with(failures.on(host.id())));
    }

    /** Gives a workload's place up, where it does not run: others of its set had better go elsewhere for a while. */
    public synchronized void failed(String workload) {
        of(workload).ifPresent(a -> failures.add(a.host(), a.request().set()));
        release(workload);
    }

    /** Says where a workload is, as after a start of the operator; without regard to what fits. */
    public synchronized void assign(String workload, String host, PlacementRequest request) {
        release(workload);
        byWorkload.put(workload, new Assignment(host, request));
        byHost.computeIfAbsent(host, _ -> new LinkedHashMap<>()).put(workload, request);
        loads.remove(host);
    }

    /** Gives a workload's place up; nothing happens if it has none. */
    public synchronized void release(String workload) {
        Assignment gone = byWorkload.remove(workload);
        if (gone == null) {
            return;
        }
        loads.remove(gone.host());
        Map<String, PlacementRequest> left = byHost.get(gone.host());
        left.remove(workload);
        if (left.isEmpty()) {
            byHost.remove(gone.host());
        }
    }

    /** The workloads on a host. */
    public synchronized Set<String> on(String host) {
        return Set.copyOf(byHost.getOrDefault(host, Map.of()).keySet());
    }

    public synchronized Optional<Assignment> of(String workload) {
        return Optional.ofNullable(byWorkload.get(workload));
    }

    public synchronized HostLoad load(String host) {
        return loads.computeIfAbsent(host, _ -> HostLoad.of(byHost.getOrDefault(host, Map.of()).values()));
    }
}
