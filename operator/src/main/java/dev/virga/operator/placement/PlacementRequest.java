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
 * @param spread the first counts most; {@link #EVERYWHERE} is the default
 */
public record PlacementRequest(
        String namespace,
        String name,
        String set,
        Map<String, String> hostSelector,
        Optional<String> environment,
        List<Id> imports,
        Resources requests,
        List<Spread> spread,
        Set<String> images) {

    /** Over zones, and then over hosts, as well as it goes. */
    public static final List<Spread> EVERYWHERE = List.of(Spread.preferred(Spread.ZONE), Spread.preferred(Spread.HOST));

    public PlacementRequest {
        hostSelector = Map.copyOf(hostSelector);
        imports = List.copyOf(imports);
        spread = List.copyOf(spread);
        images = Set.copyOf(images);
    }
}
