package dev.virga.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.virga.host.manifest.Processors;
import dev.virga.host.shape.Size;
import dev.virga.operator.placement.PlacementRequest;
import dev.virga.operator.placement.Resources;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.wit.Id;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What workloads need of a host; read from objects that may yet turn out to be wrong. */
final class PlacementRequests {

    private PlacementRequests() {}

    /** @param sharedHosts as the settings have it */
    static PlacementRequest of(WorkloadObject workload, boolean sharedHosts) {
        String namespace = workload.getMetadata().getNamespace();
        String set = workload.getMetadata().getOwnerReferences().stream()
                .filter(o -> Boolean.TRUE.equals(o.getController()))
                .map(OwnerReference::getName)
                .findFirst()
                .orElse(workload.getMetadata().getName());
        Optional<String> environment = Optional.of(workload.field("environment").asText(""))
                .filter(e -> !e.isEmpty())
                .or(() -> sharedHosts ? Optional.empty() : Optional.of(namespace));
        return new PlacementRequest(
                namespace,
                workload.getMetadata().getName(),
                namespace + "/" + set,
                Trees.strings(workload.field("hostSelector")),
                environment,
                imports(workload.field("hostInterfaces")),
                requests(workload),
                images(workload));
    }

    /** None if they are wrong: the workload will not be started then. */
    private static Resources requests(WorkloadObject workload) {
        JsonNode requests = workload.virga().map(v -> v.path("requests")).orElse(MissingNode.getInstance());
        try {
            return new Resources(
                    Size.parse(requests.path("memory").asText("0")).bytes(),
                    Processors.parse(requests.path("cpu").asText("0")).thousandths());
        } catch (IllegalArgumentException e) {
            return Resources.NONE;
        }
    }

    private static List<Id> imports(JsonNode interfaces) {
        List<Id> imports = new ArrayList<>();
        for (JsonNode each : interfaces) {
            String version = each.path("version").asText("");
            for (String name : Trees.texts(each.path("interfaces"))) {
                Id.parse(each.path("namespace").asText() + ":" + each.path("package").asText() + "/" + name
                                + (version.isEmpty() ? "" : "@" + version))
                        .ifPresent(imports::add);
            }
        }
        return imports;
    }

    private static Set<String> images(WorkloadObject workload) {
        Set<String> images = new HashSet<>();
        workload.field("components").forEach(c -> images.add(c.path("image").asText()));
        workload.field("service").path("image").asText("").lines().forEach(images::add);
        return images;
    }
}
