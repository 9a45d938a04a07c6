package dev.virga.cli.cluster;

import dev.virga.cli.CommandRun;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * An API server that stores what it is given. It has no server-side apply, no validation and no controllers: what these
 * would do, tests expect or do themselves.
 */
final class MockCluster implements AutoCloseable {

    final KubernetesMockServer server;
    final KubernetesClient client;
    private final Path kubeconfig;

    MockCluster(Path folder) throws IOException {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new KubernetesMixedDispatcher(responses), false);
        server.init();
        client = server.createClient();
        kubeconfig = kubeconfig(folder, client.getMasterUrl().toString());
    }

    /** A file that has the contexts {@code test} and {@code other}, both of this server. */
    static Path kubeconfig(Path folder, String url) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: test
                    cluster: {server: "%s"}
                users:
                  - name: test
                    user: {token: abc}
                contexts:
                  - name: test
                    context: {cluster: test, user: test}
                  - name: other
                    context: {cluster: test, user: test}
                current-context: test
                """.formatted(url));
    }

    /** A command, told to speak to this cluster. */
    CommandRun run(String... args) {
        return CommandRun.of(Stream.concat(Stream.of(args), Stream.of("--kubeconfig", kubeconfig.toString()))
                .toArray(String[]::new));
    }

    void create(String yaml) {
        ClusterObjects objects = new ClusterObjects(client);
        for (String document : yaml.split("(?m)^---\\n")) {
            GenericKubernetesResource object = Serialization.unmarshal(document, GenericKubernetesResource.class);
            objects.named(object.getApiVersion(), object.getKind())
                    .inNamespace(object.getMetadata().getNamespace())
                    .resource(object)
                    .create();
        }
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
