package dev.virga.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.cli.CommandRun;
import dev.virga.operator.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we install and document, before a real API server. */
class ApiServerTest {

    private static final Path CRDS = Path.of("..", "operator", "src", "main", "resources", "crds");

    /** Kinds of tools that are not there. */
    private static final List<String> FOREIGN = List.of("keda.sh", "monitoring.coreos.com", "cert-manager.io");

    @TempDir
    static Path folder;

    private static ApiServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(folder);
        client = server.client();
        for (Path file : Documents.in(CRDS, ".yaml")) {
            CustomResourceDefinition definition =
                    Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
            client.resource(definition).serverSideApply();
            client.resource(definition).waitUntilCondition(
                    d -> d != null && d.getStatus() != null && d.getStatus().getConditions() != null
                            && d.getStatus().getConditions().stream()
                                    .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True")),
                    30, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void thePlainManifestsAreTaken() throws Exception {
        assertTrue(apply(Documents.of(Documents.DEPLOY.resolve("kubernetes/virga.yaml"))) > 15);
    }

    @Test
    void everythingThatTheChartCanDoIsTaken() throws Exception {
        String all = Path.of("src", "test", "resources", "chart", "everything.yaml").toString();
        assertTrue(apply(Documents.parse(Helm.render(folder, "-f", all).yaml())) > 25);
    }

    @Test
    void everyManifestInTheDocumentationIsTaken() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (Path guide : Documents.in(Path.of("..", "docs"), ".md")) {
            all.addAll(Documents.ofGuide(guide));
        }
        for (Path example : Documents.in(Documents.DEPLOY.resolve("kubernetes/examples"), ".yaml")) {
            all.addAll(Documents.of(example));
        }
        assertTrue(apply(all) > 8);
    }

    /** How many there were. Each is only looked at, since guides name things in several ways. */
    private static int apply(List<JsonNode> objects) {
        int count = 0;
        for (JsonNode object : objects) {
            String apiVersion = object.path("apiVersion").asText();
            if (FOREIGN.stream().noneMatch(apiVersion::startsWith)) {
                GenericKubernetesResource resource =
                        Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
                String namespace = object.path("metadata").path("namespace").asText("default");
                client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
                        .serverSideApply();
                try {
                    client.genericKubernetesResources(apiVersion, resource.getKind())
                            .inNamespace(namespace)
                            .resource(resource)
                            .dryRun()
                            .fieldValidation(Validation.STRICT)
                            .forceConflicts()
                            .serverSideApply();
                } catch (RuntimeException e) {
                    throw new AssertionError(object + " is refused: " + e.getMessage(), e);
                }
                count++;
            }
        }
        return count;
    }

    private static CommandRun virga(String... args) {
        return CommandRun.of(Stream.concat(Stream.of(args), Stream.of("--kubeconfig", server.kubeconfig().toString()))
                .toArray(String[]::new));
    }

    private static Path manifest(String name, String more) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %s}
                spec:
                  replicas: 3
                  template:
                    spec:
                      components:
                        - {name: api, image: "ghcr.io/acme/shop:1"}
                """.formatted(name) + more);
    }

    @Test
    void applyTellsWhatItHasDone() throws Exception {
        String file = manifest("told", "virga: {requestTimeout: 10s}\n").toString();
        assertEquals("WorkloadDeployment default/told created\n", virga("apply", "-f", file).out());
        assertEquals("WorkloadDeployment default/told unchanged\n", virga("apply", "-f", file).out());
        manifest("told", "virga: {requestTimeout: 20s}\n");
        assertEquals("WorkloadDeployment default/told changed\n", virga("apply", "-f", file).out());
        assertTrue(virga("get", "wd", "told", "-o", "yaml").out().contains("requestTimeout: 20s"));
        manifest("told", "");
        assertEquals("WorkloadDeployment default/told changed\n", virga("apply", "-f", file).out());
        assertTrue(!virga("get", "wd", "told", "-o", "yaml").out().contains("requestTimeout"));
    }

    @Test
    void aFileSetsBackWhatScaleChanged() throws Exception {
        String file = manifest("scaled", "").toString();
        virga("apply", "-f", file);
        CommandRun scaled = virga("scale", "wd", "scaled", "--replicas", "7");
        assertEquals("WorkloadDeployment default/scaled scaled to 7\n", scaled.out(), scaled.err());
        assertTrue(virga("get", "wd", "scaled").out().contains("0/7"));
        assertEquals("WorkloadDeployment default/scaled changed\n", virga("apply", "-f", file).out());
        assertTrue(virga("get", "wd", "scaled").out().contains("0/3"));
    }

    @Test
    void waitingForWhatDoesNotRunFails() throws Exception {
        CommandRun run = virga("apply", "-f", manifest("waiting", "").toString(), "--wait=1s");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("WorkloadDeployment default/waiting is not ready in time"), run.err());
    }

    @Test
    void whatAdmissionRefusesIsToldWithItsPath() throws Exception {
        String text = Files.readString(manifest("refused", "")).replace("name: api", "name: api, poolSize: -1");
        CommandRun run = virga("apply", "-f", Files.writeString(folder.resolve("refused.yaml"), text).toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("poolSize"), run.err());
    }
}
