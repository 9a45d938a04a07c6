package dev.virga.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import dev.virga.host.manifest.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands for hosts do with a cluster. */
class ClusterCommandsTest {

    private static final String SHOP = """
            apiVersion: runtime.wasmcloud.dev/v1alpha1
            kind: WorkloadDeployment
            metadata: {name: shop, namespace: default, generation: 2}
            spec:
              replicas: 3
              template:
                spec:
                  components:
                    - {name: api, image: "ghcr.io/acme/shop:1"}
                  hostInterfaces:
                    - {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: shop.example.com}}
            """;
    private static final String READY = """
            status:
              replicas: {expected: 3, current: 3, ready: 3, unavailable: 0}
              currentReplicaSet: {name: shop-abc}
              conditions:
                - {type: Sync, status: "True", reason: Synced, message: "", observedGeneration: 2}
                - {type: Ready, status: "True", reason: Ready, message: "", observedGeneration: 2}
            """;
    private static final String FAILED = """
            status:
              replicas: {expected: 3, current: 3, ready: 1, unavailable: 2}
              conditions:
                - {type: Deploy, status: "False", reason: Failed, message: no host has the label gpu, observedGeneration: 2}
                - {type: Ready, status: "False", reason: NotReady, message: 1 of 3, observedGeneration: 2}
            """;

    @TempDir
    Path folder;

    private MockCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MockCluster(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void getPrintsTheTableThatAHostHas() {
        cluster.create(SHOP + READY);
        CommandRun got = cluster.run("get");
        assertEquals(0, got.exitCode(), got.err());
        List<String> lines = got.out().lines().toList();
        assertEquals("NAME   KIND                 READY   PHASE     RESTARTS   AGE   ROUTES              MESSAGE",
                lines.getFirst().strip());
        assertTrue(lines.get(1).matches("shop   WorkloadDeployment   3/3     Running   -          \\d+s +shop.example.com/ *"),
                lines.get(1));
    }

    @Test
    void getSaysWhatIsWrong() {
        cluster.create(SHOP + FAILED);
        String row = cluster.run("get", "wd", "shop").out().lines().toList().get(1);
        assertTrue(row.contains("1/3") && row.contains("Degraded") && row.contains("no host has the label gpu"), row);
    }

    @Test
    void aStatusOfAnOlderGenerationIsNotTheObjects() {
        cluster.create(SHOP + READY.replace("observedGeneration: 2", "observedGeneration: 0"));
        assertTrue(cluster.run("get", "wd", "shop").out().contains("Updating"));
    }

    @Test
    void getOfOneThatIsNotThereFails() {
        CommandRun got = cluster.run("get", "wd", "shop");
        assertEquals(1, got.exitCode());
        assertTrue(got.err().contains("there is no WorkloadDeployment default/shop"), got.err());
    }

    @Test
    void namespacesAreApart() {
        cluster.create(SHOP + READY + "---\n" + SHOP.replace("default", "acme") + READY);
        assertEquals(2, cluster.run("get", "wd").out().lines().count());
        String all = cluster.run("get", "-A").out();
        assertTrue(all.contains("acme") && all.contains("default"), all);
    }

    @Test
    void describeShowsWhatAClusterKnows() {
        cluster.create(SHOP + READY);
        CommandRun described = cluster.run("describe", "wd", "shop");
        assertEquals(0, described.exitCode(), described.err());
        assertTrue(described.out().contains("3 wanted, 3 ready"), described.out());
        assertTrue(described.out().contains("shop-abc"), described.out());
        assertFalse(described.out().contains("In use"), described.out());
    }

    @Test
    void secretsAreHidden() {
        cluster.create("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: shop
                  namespace: default
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data": {"key": "aHVudGVyMg=="}}'}
                data: {key: aHVudGVyMg==}
                """);
        String hidden = cluster.run("get", "secret", "shop", "-o", "yaml").out();
        assertTrue(hidden.contains("(hidden)") && !hidden.contains("aHVudGVyMg"), hidden);
        assertTrue(cluster.run("get", "secret", "shop", "-o", "yaml", "--show-secrets").out().contains("aHVudGVyMg"));
    }

    @Test
    void applySendsTheManifestWithAllThatIsOurs() throws Exception {
        String path = "/apis/runtime.wasmcloud.dev/v1alpha1/namespaces/default/workloaddeployments/shop"
                + "?fieldValidation=Strict&fieldManager=virga&force=true";
        cluster.server.expect().patch().withPath(path).andReturn(200, applied()).once();
        CommandRun applied = cluster.run("apply", "-f", manifest());
        assertEquals(0, applied.exitCode(), applied.err());
        assertEquals("WorkloadDeployment default/shop created\n", applied.out());
        RecordedRequest request = cluster.server.getLastRequest();
        assertEquals("application/apply-patch+yaml", request.getHeader("Content-Type"));
        assertTrue(request.getBody().readUtf8().contains("\"requestTimeout\":\"10s\""));
    }

    private static GenericKubernetesResource applied() {
        return io.fabric8.kubernetes.client.utils.Serialization.unmarshal(SHOP, GenericKubernetesResource.class);
    }

    private String manifest() throws Exception {
        return Files.writeString(folder.resolve("shop.yaml"), SHOP + "virga: {requestTimeout: 10s}\n").toString();
    }

    @Test
    void whatTheClusterRefusesIsToldAsItSaysIt() throws Exception {
        cluster.server.expect().patch().withPath("/apis/runtime.wasmcloud.dev/v1alpha1/namespaces/default"
                        + "/workloaddeployments/shop?fieldValidation=Strict&fieldManager=virga&force=true")
                .andReturn(422, new StatusBuilder().withCode(422).withMessage("unknown field \"virga\"").build())
                .once();
        CommandRun applied = cluster.run("apply", "-f", manifest());
        assertEquals(1, applied.exitCode());
        assertTrue(applied.err().contains("the cluster refuses this: unknown field \"virga\""), applied.err());
    }

    @Test
    void imagesThatAreFilesOfThisMachineAreRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("shop.yaml"), SHOP.replace("ghcr.io/acme/shop:1", "file:api.wasm"));
        CommandRun applied = cluster.run("apply", "-f", file.toString());
        assertEquals(1, applied.exitCode());
        assertTrue(applied.err().contains("a cluster's hosts cannot see file:" + folder), applied.err());
    }

    @Test
    void scaleChangesTheReplicas() {
        cluster.create(SHOP + READY);
        CommandRun scaled = cluster.run("scale", "wd", "shop", "--replicas", "5");
        assertEquals("WorkloadDeployment default/shop scaled to 5\n", scaled.out(), scaled.err());
        assertEquals(5, (Integer) shop().get("spec", "replicas"));
    }

    private GenericKubernetesResource shop() {
        return new ClusterObjects(cluster.client).of(Kind.WORKLOAD_DEPLOYMENT).inNamespace("default").withName("shop").get();
    }

    @Test
    void aWorkloadCannotBeScaled() {
        CommandRun scaled = cluster.run("scale", "ww", "shop", "--replicas", "5");
        assertEquals(1, scaled.exitCode());
        assertTrue(scaled.err().contains("a Workload has no replicas"), scaled.err());
    }

    @Test
    void deleteReturnsWhenTheObjectIsGone() {
        cluster.create(SHOP + READY);
        CommandRun deleted = cluster.run("delete", "wd", "shop");
        assertEquals("WorkloadDeployment default/shop deleted\n", deleted.out(), deleted.err());
        assertNull(shop());
        CommandRun again = cluster.run("delete", "wd", "shop");
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("there is no WorkloadDeployment default/shop"), again.err());
    }

    @Test
    void waitingReturnsOnTheNextChange() throws Exception {
        cluster.create(SHOP);
        Cluster plane = new Cluster(cluster.server.createClient());
        try (plane) {
            plane.objects(Map.of("namespace", "default"));
            Thread change = Thread.ofVirtual().start(() -> {
                cluster.create(SHOP.replace("name: shop,", "name: blog,") + READY);
            });
            Instant begin = Instant.now();
            int seen = plane.objects(Map.of("namespace", "default", "after", "1", "wait", "30")).path("objects").size();
            change.join();
            assertTrue(seen == 2 || plane.objects(Map.of()).path("objects").size() == 2);
            assertTrue(Instant.now().isBefore(begin.plusSeconds(20)));
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = MockCluster.kubeconfig(folder, "http://127.0.0.1:" + port);
        CommandRun got = CommandRun.of("get", "--kubeconfig", config.toString());
        assertEquals(1, got.exitCode());
        assertTrue(got.err().contains("the cluster at http://127.0.0.1:" + port + "/ does not answer"), got.err());
    }

    @Test
    void contextsAreChosenByName() {
        cluster.create(SHOP + READY);
        assertEquals(0, cluster.run("get", "--context", "other").exitCode());
        CommandRun unknown = cluster.run("get", "--context", "prod");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("--context prod: there is no such context"), unknown.err());
    }

    @Test
    void aKubeconfigThatIsNotThereIsBadUsage() {
        CommandRun got = CommandRun.of("get", "--kubeconfig", folder.resolve("none").toString());
        assertEquals(2, got.exitCode());
        assertTrue(got.err().contains("--kubeconfig"), got.err());
    }
}
