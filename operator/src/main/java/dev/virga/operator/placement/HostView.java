package dev.virga.operator.placement;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the scheduler knows of a host.
 *
 * @param environment empty if it is of none
 * @param capacity {@link Resources#UNKNOWN} where the host does not say
 * @param used by whatever runs there, as the host measures it; 0 where it does not say
 * @param load what was placed there
 */
public record HostView(
        String id,
        String name,
        Map<String, String> labels,
        Optional<String> environment,
        Optional<String> zone,
        InterfaceSet interfaces,
        Resources capacity,
        Resources used,
        HostLoad load,
        HostCondition condition,
        Instant lastHeartbeat) {

    /** Label with the zone. */
    public static final String ZONE = "topology.kubernetes.io/zone";

    public HostView {
        labels = Map.copyOf(labels);
    }

    public HostView with(HostLoad load) {
        return new HostView(
                id, name, labels, environment, zone, interfaces, capacity, used, load, condition, lastHeartbeat);
    }

    boolean hasMemory(Resources requests) {
        return requests.memory() == 0
                || capacity.memory() == Resources.UNKNOWN
                || capacity.memory() - load.requested().memory() >= requests.memory();
    }

    boolean hasCpu(Resources requests) {
        return requests.milliCpu() == 0
                || capacity.milliCpu() == Resources.UNKNOWN
                || capacity.milliCpu() - load.requested().milliCpu() >= requests.milliCpu();
    }
}
