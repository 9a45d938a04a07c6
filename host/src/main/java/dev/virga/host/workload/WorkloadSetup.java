package dev.virga.host.workload;

import dev.virga.plugin.Grant;
import dev.virga.plugin.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A workload ready to run: its components are loaded, its settings resolved.
 *
 * @param grants of its manifest's {@code hostInterfaces}
 */
public record WorkloadSetup(
        WorkloadName name,
        List<ComponentSetup> components,
        Optional<ServiceSetup> service,
        List<Grant> grants,
        LinkSetup links,
        WorkloadLimits limits) {

    public WorkloadSetup {
        components = List.copyOf(components);
        grants = List.copyOf(grants);
    }

    /** Those of the components and the service. */
    List<ComponentSetup> all() {
        List<ComponentSetup> all = new ArrayList<>(components);
        service.ifPresent(s -> all.add(s.component()));
        return all;
    }
}
