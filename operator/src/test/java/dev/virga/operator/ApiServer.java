package dev.virga.operator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.host.shape.Json;
import dev.virga.operator.crd.Crds;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real API server with its etcd, out of the folder that {@code KUBEBUILDER_ASSETS} names; where there is none, the
 * test is skipped.
 */
public final class ApiServer implements Cluster {

    private final KubeAPIServer server;
    private final KubernetesClient client;

    private static Optional<Path> assets() {
        return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                .map(Path::of)
                .filter(f -> Files.isExecutable(f.resolve("kube-apiserver")) && Files.isExecutable(f.resolve("etcd")));
    }

    public static boolean isThere() {
        return assets().isPresent();
    }

    /** For the tests that need one, before each of them, so that each is counted as skipped. */
    public static void assumeThere() {
        assumeTrue(isThere(), "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd");
    }

    /** @param folder empty, for its data */
    public ApiServer(Path folder) throws IOException {
        assumeThere();
        Path binaries = Files.createDirectories(folder.resolve("k8s"));
        Files.createSymbolicLink(binaries.resolve("1.0.0-linux-" + architecture()), assets().orElseThrow());
        server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(folder.toString())
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .build());
        server.start();
        client = Clients.open(Config.fromKubeconfig(server.getKubeConfigYaml()));
        try {
            Crds.all().values().forEach(crd -> {
                var definition = client.getKubernetesSerialization().unmarshal(Json.print(crd), CustomResourceDefinition.class);
                client.resource(definition).create();
            });
            Crds.all().keySet().forEach(plural -> client.apiextensions().v1().customResourceDefinitions()
                    .withName(plural + ".runtime.wasmcloud.dev")
                    .waitUntilCondition(
                            crd -> crd != null && crd.getStatus() != null && crd.getStatus().getConditions().stream()
                                    .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True")),
                            30,
                            TimeUnit.SECONDS));
        } catch (RuntimeException e) {
            client.close();
            server.stop();
            throw e;
        }
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") ? "arm64" : "amd64";
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.stop();
    }
}
