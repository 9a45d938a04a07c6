package dev.virga.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.operator.resource.ArtifactObject;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.HostObject;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** fabric8's mock server. It checks nothing, and knows server-side apply only as far as an operator needs it here. */
final class MockCluster implements Cluster {

    private static final Logger LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer server;
    private final KubernetesClient client;

    MockCluster() {
        this(UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * @param webhook may change what is made; nothing is made of an empty object
     * @param proxy of the server's address gives the one that clients use
     */
    MockCluster(UnaryOperator<ObjectNode> webhook, UnaryOperator<URI> proxy) {
        LOG.setLevel(Level.OFF); // it tells of each request
        List<CustomResourceDefinitionContext> kinds = Stream.of(
                        HostObject.class, WorkloadObject.class, ReplicaSetObject.class, DeploymentObject.class,
                        ArtifactObject.class)
                .map(kind -> new CustomResourceDefinitionContext.Builder()
                        .withGroup("runtime.wasmcloud.dev")
                        .withVersion("v1alpha1")
                        .withScope("Namespaced")
                        .withKind(HasMetadata.getKind(kind))
                        .withPlural(HasMetadata.getPlural(kind))
                        .withStatusSubresource(true)
                        .build())
                .toList();
        server = new KubernetesMockServer(
                new Context(Serialization.jsonMapper()), new MockWebServer(), new HashMap<>(), new Applying(kinds, webhook), false);
        server.init();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(proxy.apply(URI.create(server.url("/"))).toString())
                .withNamespace("virga-system")
                .build();
        client = Clients.open(config);
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    /** Makes of an apply what the server knows: a creation, or a merge that takes a whole status. */
    private static final class Applying extends KubernetesCrudDispatcher {

        private final UnaryOperator<ObjectNode> webhook;

        Applying(List<CustomResourceDefinitionContext> kinds, UnaryOperator<ObjectNode> webhook) {
            super(kinds);
            this.webhook = webhook;
        }

        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            String type = request.getHeader("Content-Type");
            if (type == null || !type.contains("apply-patch")) {
                return super.handlePatch(request);
            }
            String path = request.getPath().replaceAll("\\?.*", "");
            boolean status = path.endsWith("/status");
            ObjectNode body = (ObjectNode) Serialization.unmarshal(request.getBody().readUtf8(), JsonNode.class);
            MockResponse there = super.handleGet(path.replaceAll("/status$", ""));
            if (there.code() == 404 && !status) {
                ObjectNode admitted = webhook.apply(body);
                if (admitted.isEmpty()) {
                    return new MockResponse().setResponseCode(403).setBody("{\"message\": \"refused by the webhook\"}");
                }
                return handleCreate(with(
                        request, "POST", path.substring(0, path.lastIndexOf('/')), "application/json", admitted));
            }
            if (there.code() == 404) {
                return there;
            }
            ObjectNode object = (ObjectNode) Serialization.unmarshal(there.getBody().readUtf8(), JsonNode.class);
            if (status) {
                object.remove("status");
            }
            return handleUpdate(with(request, "PUT", path, "application/json", merged(object, body)));
        }

        /** By RFC 7386; what the server itself does with lists is something else. */
        private static JsonNode merged(JsonNode object, JsonNode patch) {
            if (!(object instanceof ObjectNode into) || !patch.isObject()) {
                return patch;
            }
            patch.properties().forEach(e -> into.set(
                    e.getKey(), into.has(e.getKey()) ? merged(into.get(e.getKey()), e.getValue()) : e.getValue()));
            return into;
        }

        private static RecordedRequest with(
                RecordedRequest request, String method, String path, String type, JsonNode body) {
            try {
                byte[] bytes = Serialization.jsonMapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
                Headers headers = Headers.builder().add("Content-Type", type).build();
                return new RecordedRequest(
                        request.getHttpVersion(),
                        HttpMethod.valueOf(method),
                        path,
                        headers,
                        new Buffer(bytes));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
