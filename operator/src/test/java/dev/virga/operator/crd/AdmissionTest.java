package dev.virga.operator.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real API server makes of the definitions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionTest {

    private ApiServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        if (ApiServer.isThere()) {
            server = ApiServer.withKinds(folder);
        }
    }

    @BeforeEach
    void needsServer() {
        ApiServer.assumeThere();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private GenericKubernetesResource dryRun(String kind, String rest) {
        String yaml = "apiVersion: runtime.wasmcloud.dev/v1alpha1\nkind: " + kind
                + "\nmetadata: {name: it, namespace: default}\n" + rest;
        return server.client()
                .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .dryRun()
                .create();
    }

    @Test
    void defaultsAreWasmClouds() {
        GenericKubernetesResource made =
                dryRun("WorkloadDeployment", "spec: {template: {spec: {components: [{name: a, image: x}]}}}");
        Map<?, ?> spec = made.get("spec");
        assertEquals(1, spec.get("replicas"));
        assertEquals("RollingUpdate", spec.get("deployPolicy"));
        assertEquals(3, spec.size(), spec::toString);
    }

    @Test
    void oursIsKeptAsItIs() {
        GenericKubernetesResource made = dryRun(
                "Workload",
                "spec: {components: [{name: a, image: x}]}\nvirga: {limits: {memory: 64Mi, requestBody: 100}}");
        assertEquals(Map.of("memory", "64Mi", "requestBody", 100), made.get("virga", "limits"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {components: [{name: a, image: x}, {name: a, image: y}]}                     | spec.components[1]
            {components: [{name: a, image: Not An Image}]}                               | spec.components[0].image
            {components: [{name: a, image: 'artifact://x'}]}                             | spec.components[0].image
            {}                                                                           | needs at least one component
            {components: [{name: a, image: x, poolSize: -1}]}                            | spec.components[0].poolSize
            {components: [{name: a, image: x, imagePullPolicy: Sometimes}]}              | spec.components[0].imagePullPolicy
            {components: [{name: a, image: x}], volumes: [{name: v}]}                    | spec.volumes[0]
            {service: {image: x}, hostInterfaces: [{namespace: a, package: b}]}          | spec.hostInterfaces[0].interfaces
            {service: {image: x}, hostInterfaces: [{namespace: a, package: b, interfaces: [c]}, {namespace: a, package: b, interfaces: [d]}]} | spec.hostInterfaces
            {service: {image: x, localResources: {allowedHosts: ['https://a/b']}}}       | spec.service.localResources.allowedHosts[0]
            """)
    void whatIsWrongIsRefusedWithItsPlace(String spec, String place) {
        KubernetesClientException refused =
                assertThrows(KubernetesClientException.class, () -> dryRun("Workload", "spec: " + spec));
        assertEquals(422, refused.getCode(), refused::getMessage);
        assertTrue(refused.getMessage().contains(place), refused::getMessage);
    }

    @Test
    void aRolloutThatCouldReplaceNothingIsRefused() {
        String spec = "spec: {template: {spec: {service: {image: x}}}}\n";
        for (String zero : List.of("{maxSurge: 0}", "{maxSurge: '0%', maxUnavailable: 0}")) {
            assertThrows(KubernetesClientException.class,
                    () -> dryRun("WorkloadDeployment", spec + "virga: {rollout: " + zero + "}"), zero);
        }
        dryRun("WorkloadDeployment", spec + "virga: {rollout: {maxSurge: 0, maxUnavailable: 1}}");
        dryRun("WorkloadDeployment", spec + "virga: {rollout: {maxSurge: 25%}}");
    }

    @Test
    void theSameInterfaceMayStandThereTwiceUnderTwoNames() {
        dryRun("Workload", "spec: {service: {image: x}, hostInterfaces: [{namespace: a, package: b, interfaces: [c], name: x},"
                + " {namespace: a, package: b, interfaces: [c], name: y}]}");
    }
}
