package dev.virga.operator.placement;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which hosts could run a workload, however its replicas are spread. */
final class Filter {

    private final PlacementRequest request;
    private final List<InterfaceSet.Import> imports;

    Filter(PlacementRequest request) {
        this.request = request;
        this.imports = request.imports().stream().map(InterfaceSet.Import::new).toList();
    }

    /** What a host fails as long as it is what it is. */
    Optional<Constraint> lasting(HostView host) {
        for (Map.Entry<String, String> label : request.hostSelector().entrySet()) {
            if (!label.getValue().equals(host.labels().get(label.getKey()))) {
                return Optional.of(new Constraint.Label(label.getKey(), label.getValue()));
            }
        }
        if (request.environment().isPresent() && !request.environment().equals(host.environment())) {
            return Optional.of(new Constraint.Environment(request.environment().get()));
        }
        for (InterfaceSet.Import wanted : imports) {
            if (!host.interfaces().offers(wanted)) {
                return Optional.of(new Constraint.Interface(wanted.toString()));
            }
        }
        return Optional.empty();
    }

    /** What a host fails now. */
    Optional<Constraint> passing(HostView host) {
        if (!host.hasMemory(request.requests())) {
            return Optional.of(new Constraint.Memory(request.requests()));
        }
        if (!host.hasCpu(request.requests())) {
            return Optional.of(new Constraint.Cpu(request.requests()));
        }
        return host.condition() == HostCondition.READY
                ? Optional.empty()
                : Optional.of(new Constraint.Condition(host.condition()));
    }
}
