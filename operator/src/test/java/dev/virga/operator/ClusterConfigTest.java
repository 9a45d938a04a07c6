package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.host.manifest.ConfigException;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterConfigTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private static Secret secret(String value) {
        return new SecretBuilder()
                .withNewMetadata().withNamespace("acme").withName("keys").endMetadata()
                .addToData("KEY", value)
                .build();
    }

    /** Tells what is asked for by name. */
    private KubernetesClient listening(KubernetesClient client) {
        return new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("asked", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (request.uri().getQuery() == null && request.method().equals("GET")) {
                            asked.add(request.uri().getPath().replaceAll(".*/", ""));
                        }
                    }
                }))
                .build();
    }

    @Test
    void whatNobodyNamesIsNotReadAndWhatSomebodyNamesOnceForEachChange() {
        try (MockCluster cluster = new MockCluster(); KubernetesClient client = listening(cluster.client())) {
            cluster.client().resource(secret("YQ==")).create();
            cluster.client().resource(new ConfigMapBuilder()
                            .withNewMetadata().withNamespace("acme").withName("other").endMetadata()
                            .addToData("KEY", "x").build())
                    .create();
            try (ClusterConfig config = new ClusterConfig(client, Set.of(), true)) {
                for (int i = 0; i < 5; i++) {
                    assertEquals(Optional.of(Map.of("KEY", "a")), config.secret("acme", "keys"));
                }
                assertEquals(Optional.empty(), config.secret("acme", "missing"));
                assertEquals(List.of("keys"), asked.stream().filter(n -> !n.equals("secrets")).toList());
                cluster.client().resource(secret("Yg==")).update();
                while (!config.secret("acme", "keys").equals(Optional.of(Map.of("KEY", "b")))) {
                    Thread.onSpinWait();
                }
                cluster.client().resource(secret("Yg==")).delete();
                while (config.secret("acme", "keys").isPresent()) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** A digest of nothing would be another one, and start a rollout. */
    @Test
    void whatIsNotThereHasNoDigest() {
        JsonNode spec = Trees.of(Map.of("secretFrom", List.of(Map.of("name", "keys"))));
        try (MockCluster cluster = new MockCluster();
                ClusterConfig config = new ClusterConfig(cluster.client(), Set.of(), true)) {
            ConfigException missing =
                    assertThrows(ConfigException.class, () -> StartRequests.configDigest("acme", spec, config));
            assertEquals("not there: Secret acme/keys; apply it first", missing.getMessage());
        }
    }
}
