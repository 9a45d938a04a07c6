package dev.virga.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.host.control.ControlException;
import dev.virga.host.control.ControlPlane;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.host.manifest.ManifestPrinter;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A Kubernetes cluster with the kinds of {@code runtime.wasmcloud.dev}, whoever its operator is. */
final class Cluster implements ControlPlane {

    /** Whose fields those are that are applied, as the API server keeps account of them. */
    private static final String FIELD_MANAGER = "virga";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final ClusterObjects objects;
    private long listings;

    /** @param client closed with this */
    Cluster(KubernetesClient client) {
        this.client = client;
        this.objects = new ClusterObjects(client);
    }

    @Override
    public JsonNode apply(String yaml) {
        List<Manifest> manifests = ManifestParser.parse("(request)", yaml).all();
        manifests.forEach(ImageCheck::check);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode applied = answer.putArray("objects");
        manifests.forEach(manifest -> applied.add(answered(() -> apply(manifest))));
        return answer;
    }

    /** Fields that the cluster's definitions lack are refused: left out silently, limits would not hold. */
    private ObjectNode apply(Manifest manifest) {
        GenericKubernetesResource wanted =
                JSON.convertValue(ManifestPrinter.tree(manifest), GenericKubernetesResource.class);
        Resource<GenericKubernetesResource> resource = objects.of(manifest.kind())
                .inNamespace(manifest.metadata().namespace())
                .resource(wanted);
        Optional<String> before =
                Optional.ofNullable(resource.get()).map(found -> found.getMetadata().getResourceVersion());
        String after = resource.fieldValidation(Validation.STRICT)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply()
                .getMetadata()
                .getResourceVersion();
        String result = before.isEmpty() ? "created" : before.get().equals(after) ? "unchanged" : "changed";
        return done(manifest.kind(), manifest.metadata().namespace(), manifest.metadata().name(), result);
    }

    private static ObjectNode done(Kind kind, String namespace, String name, String result) {
        return JsonNodeFactory.instance.objectNode()
                .put("kind", kind.toString())
                .put("namespace", namespace)
                .put("name", name)
                .put("result", result);
    }

    /** Without a kind, those of kinds that run. */
    @Override
    public JsonNode objects(Map<String, String> query) {
        List<Kind> kinds = Optional.ofNullable(query.get("kind"))
                .flatMap(Kind::named)
                .map(List::of)
                .orElse(Stream.of(Kind.values()).filter(Kind::runs).toList());
        Optional<String> namespace = Optional.ofNullable(query.get("namespace"));
        Optional<String> name = Optional.ofNullable(query.get("name"));
        return answered(() -> {
            if (Long.parseLong(query.getOrDefault("after", "0")) > 0) {
                objects.awaitChange(namespace, Duration.ofSeconds(Long.parseLong(query.getOrDefault("wait", "0"))));
            }
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("changes", ++listings);
            ArrayNode all = answer.putArray("objects");
            for (Kind kind : kinds) {
                for (GenericKubernetesResource object : objects.list(kind, namespace, name)) {
                    all.add(ClusterView.of(kind, object, Boolean.parseBoolean(query.get("secrets"))));
                }
            }
            return answer;
        });
    }

    @Override
    public JsonNode object(Kind kind, String namespace, String name) {
        return answered(() -> ClusterView.of(kind, found(kind, namespace, name), false));
    }

    private GenericKubernetesResource found(Kind kind, String namespace, String name) {
        return Optional.ofNullable(objects.of(kind).inNamespace(namespace).withName(name).get())
                .orElseThrow(() -> missing(kind, namespace, name));
    }

    private static ControlException.Refused missing(Kind kind, String namespace, String name) {
        return new ControlException.Refused("there is no " + kind + " " + namespace + "/" + name);
    }

    @Override
    public JsonNode delete(Kind kind, String namespace, String name) {
        return answered(() -> {
            found(kind, namespace, name);
            objects.of(kind)
                    .inNamespace(namespace)
                    .withName(name)
                    .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                    .withTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .delete();
            return JsonNodeFactory.instance.objectNode().put("deleted", true);
        });
    }

    @Override
    public JsonNode scale(Kind kind, String namespace, String name, int replicas) {
        if (kind != Kind.WORKLOAD_DEPLOYMENT && kind != Kind.WORKLOAD_REPLICA_SET) {
            throw new ControlException.Refused("a " + kind + " has no replicas; what has them is a "
                    + Kind.WORKLOAD_DEPLOYMENT + " or a " + Kind.WORKLOAD_REPLICA_SET);
        }
        if (replicas < 0) {
            throw new ControlException.Refused("the number of replicas must be at least 0");
        }
        return answered(() -> {
            found(kind, namespace, name);
            PatchContext patch = new PatchContext.Builder()
                    .withPatchType(PatchType.JSON_MERGE)
                    .withFieldManager(FIELD_MANAGER)
                    .build();
            objects.of(kind)
                    .inNamespace(namespace)
                    .withName(name)
                    .patch(patch, "{\"spec\": {\"replicas\": " + replicas + "}}");
            return done(kind, namespace, name, "changed");
        });
    }

    @Override
    public void logs(String namespace, String name, Map<String, String> query, Consumer<String> lines) {
        answered(() -> {
            new PodLogs(client, objects).read(namespace, name, query, lines);
            return null;
        });
    }

    private <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            if (e.getStatus() == null) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new ControlException.Unreachable(
                        "the cluster at " + client.getMasterUrl() + " does not answer: " + cause.getMessage(), e);
            }
            throw new ControlException.Refused("the cluster refuses this: " + Optional.ofNullable(
                            e.getStatus().getMessage())
                    .orElse(e.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
