package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.resource.ArtifactObject;
import dev.virga.operator.resource.Condition;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What manifests name, and manifests that are wrong. */
abstract class ManifestContract extends OperatorFixture {

    @Test
    void settingsThatChangeReplaceTheWorkloads() {
        config("1");
        String yaml = deployment("shop", 2, "1", "").replace(
                "image: \"registry.local/shop:1\"}",
                "image: \"registry.local/shop:1\", localResources: {environment: {configFrom: [{name: settings}]}}}");
        apply(yaml);
        ready("shop");
        until(() -> environments().equals(List.of("1", "1")));
        config("2");
        until(() -> environments().equals(List.of("2", "2")));
        assertEquals(2, sets().size());
    }

    @Test
    void settingsThatAreAwayForAMomentReplaceNothing() {
        config("1");
        apply(deployment("shop", 2, "1", "").replace(
                "image: \"registry.local/shop:1\"}",
                "image: \"registry.local/shop:1\", localResources: {environment: {configFrom: [{name: settings}]}}}"));
        ready("shop");
        client.configMaps().inNamespace(namespace).withName("settings").delete();
        DeploymentObject shop = until(DeploymentObject.class, "shop", d -> d.status().condition("Sync")
                .filter(c -> c.reason().equals("ConfigMissing")).isPresent());
        String message = shop.status().condition("Sync").orElseThrow().message();
        assertTrue(message.contains("ConfigMap " + namespace + "/settings"), message);
        config("1");
        ready("shop");
        assertEquals(1, sets().size());
        assertEquals(2, hosts.stream().mapToInt(SimulatedHost::starts).sum());
    }

    private void config(String value) {
        ConfigMap map = new ConfigMapBuilder().withNewMetadata().withName("settings").withNamespace(namespace)
                .endMetadata().addToData("KEY", value).build();
        client.resource(map).createOr(io.fabric8.kubernetes.client.dsl.NonDeletingOperation::update);
    }

    private List<String> environments() {
        return hosts.stream()
                .flatMap(h -> h.running().values().stream())
                .map(r -> r.workload().orElseThrow().witWorld().orElseThrow().components().getFirst()
                        .localResources().orElseThrow().environment().get("KEY"))
                .sorted()
                .toList();
    }

    @Test
    void aWorkloadWaitsForTheSettingsThatItNames() {
        apply(workload("alone", "localResources: {environment: {configFrom: [{name: settings}]}}"));
        WorkloadObject waiting = until(WorkloadObject.class, "alone", w -> w.status().condition("Ready").isPresent());
        Condition config = waiting.status().condition("Config").orElseThrow();
        assertEquals("False", config.status());
        assertTrue(config.message().contains("ConfigMap " + namespace + "/settings"), config::message);
        config("1");
        until(WorkloadObject.class, "alone", w -> w.status().isReady());
        config("2");
        until(() -> environments().equals(List.of("2")));
    }

    @Test
    void artifactsStandForImagesAndStayWhileTheyAreNamed() {
        apply(deployment("shop", 1, "1", "").replace("registry.local/shop:1", "artifact://shop")
                + "  artifacts: [{name: shop, artifactFrom: {name: shop-image}}]\n");
        until(DeploymentObject.class, "shop", d -> d.status().condition("Artifact")
                .filter(c -> c.status().equals("Unknown")).isPresent());
        apply("""
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Artifact
                metadata: {name: shop-image, namespace: %s}
                spec: {image: "registry.local/shop:7"}
                """.formatted(namespace));
        ready("shop");
        assertEquals(1, running("7"));
        ArtifactObject artifact = until(ArtifactObject.class, "shop-image", a -> a.status().isReady());
        assertEquals(List.of("Sync", "Published", "Ready"), types(artifact.status()));
        client.resource(artifact).delete();
        until(ArtifactObject.class, "shop-image", ArtifactObject::isMarkedForDeletion);
        client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").delete();
        until(() -> client.resources(ArtifactObject.class).inNamespace(namespace).withName("shop-image").get() == null);
    }

    @Test
    void aManifestThatIsWrongIsRefusedOrSaidSo() {
        String wrong = deployment("shop", 1, "1", "").replace("registry.local/shop:1", "Not An Image");
        try {
            apply(wrong);
        } catch (KubernetesClientException e) {
            assertEquals(422, e.getCode(), e::getMessage);
            assertTrue(e.getMessage().contains("spec.template.spec.components[0].image"), e::getMessage);
            return;
        }
        DeploymentObject shop = until(DeploymentObject.class, "shop", d -> d.status().condition("Sync").isPresent());
        assertTrue(
                shop.status().condition("Sync").orElseThrow().message()
                        .contains("spec.template.spec.components[0].image"));
    }
}
