package dev.virga.operator.placement;

import dev.virga.wit.Id;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A workload that needs a host.
 *
 * @param set whose replica it is, of whatever form; its own name if it is of none
 * @param hostSelector labels that the host must have
 * @param environment of the host; empty if any will do
 * @param imports interfaces that it needs of the host
 */
public record PlacementRequest(
        String namespace,
        String name,
        String set,
        Map<String, String> hostSelector,
        Optional<String> environment,
        List<Id> imports,
        Resources requests,
        Set<String> images) {

    public PlacementRequest {
        hostSelector = Map.copyOf(hostSelector);
        imports = List.copyOf(imports);
        images = Set.copyOf(images);
    }
}
