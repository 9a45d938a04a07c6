package dev.virga.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.virga.host.manifest.ManifestPrinter;
import dev.virga.host.manifest.WorkloadDeployment;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.ReplicaSetObject;
import java.util.Map;
import java.util.Optional;

/**
 * What the replica set of a deployment holds.
 *
 * @param template with images in place of artifacts
 * @param virga the settings that each replica has
 */
record DesiredTemplate(ObjectNode template, ObjectNode virga) {

    private static final String ARTIFACT = "artifact://";

    /** @param artifacts images by the names that the deployment has for them */
    static DesiredTemplate of(
            DeploymentObject deployment,
            WorkloadDeployment manifest,
            Map<String, String> artifacts,
            ClusterConfig config) {
        ObjectNode template = deployment.field("template").deepCopy();
        ObjectNode spec = (ObjectNode) template.get("spec");
        spec.path("components").forEach(c -> resolve(c, artifacts));
        resolve(spec.path("service"), artifacts);
        if (deployment.spec().has("kubernetes")) {
            spec.set("kubernetes", deployment.field("kubernetes").deepCopy());
        }
        if (template.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(Names.SETTINGS); // it is in the set's own field then
        }
        String digest = StartRequests.configDigest(deployment.getMetadata().getNamespace(), spec, config);
        if (!digest.isEmpty()) {
            template.withObjectProperty("annotations").put(Names.CONFIG_HASH, digest);
        }
        return new DesiredTemplate(template, settings(manifest));
    }

    private static void resolve(JsonNode part, Map<String, String> artifacts) {
        String image = part.path("image").asText("");
        if (image.startsWith(ARTIFACT)) {
            ((ObjectNode) part).set("image", new TextNode(artifacts.get(image.substring(ARTIFACT.length()))));
        }
    }

    /** How replicas are replaced is not the replicas' own. */
    private static ObjectNode settings(WorkloadDeployment manifest) {
        return ManifestPrinter.tree(manifest).get("virga") instanceof Map<?, ?> virga
                ? Trees.of(strings(virga)).without("rollout")
                : Trees.empty();
    }

    @SuppressWarnings("unchecked") // JSON's objects have strings as keys
    private static Map<String, Object> strings(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    String digest() {
        return Names.digest(Trees.canonical(template) + Trees.canonical(virga));
    }

    /** Whether a set, whatever its name, was made for this. */
    boolean isExactly(ReplicaSetObject set) {
        return template.equals(set.field("template")) && virga.equals(set.virga().orElseGet(Trees::empty));
    }

    /** Whether a set of another operator, which knows no digest of settings, holds the same. */
    boolean isHeldBy(ReplicaSetObject set) {
        return withoutConfig(template).equals(withoutConfig(set.field("template")))
                && (set.virga().isEmpty() || set.virga().equals(Optional.of(virga)));
    }

    private static JsonNode withoutConfig(JsonNode template) {
        JsonNode copy = template.deepCopy();
        if (copy.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(Names.CONFIG_HASH);
            if (annotations.isEmpty()) {
                ((ObjectNode) copy).remove("annotations");
            }
        }
        return copy;
    }
}
