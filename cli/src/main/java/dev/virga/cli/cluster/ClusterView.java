package dev.virga.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.host.control.Views;
import dev.virga.host.manifest.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An object of a cluster as a host would show it: its status has what a host's has, as far as it follows. */
final class ClusterView {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where kubectl keeps all of what it applied, values of secrets too. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ClusterView() {}

    static ObjectNode of(Kind kind, GenericKubernetesResource object, boolean secrets) {
        ObjectNode view = JSON.valueToTree(object);
        ObjectNode metadata = view.withObject("/metadata");
        metadata.remove("managedFields");
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
        }
        if (kind == Kind.SECRET && !secrets) {
            Views.hideValues(view);
        }
        if (kind.runs()) {
            describe(kind, view, view.withObject("/status"));
        } else {
            view.remove("status");
        }
        return view;
    }

    private static void describe(Kind kind, ObjectNode view, ObjectNode status) {
        JsonNode replicas = status.path("replicas");
        boolean single = kind == Kind.WORKLOAD;
        int wanted = single ? 1 : view.path("spec").path("replicas").asInt(1);
        int ready = single ? (is(status, "True") ? 1 : 0) : replicas.path("ready").asInt();
        status.put("phase", phase(view, status, wanted, ready))
                .put("message", message(status))
                .put("wanted", wanted)
                .put("ready", ready)
                .put("updated", single ? ready : replicas.path("current").asInt())
                .put("created", view.path("metadata").path("creationTimestamp").asText());
        String revision = status.path("currentReplicaSet").path("name").asText();
        if (!revision.isEmpty()) {
            status.put("revision", revision);
        }
        ArrayNode routes = status.putArray("routes");
        routes(view).forEach(routes::add);
    }

    /** An operator sets a condition to False when something failed, and to Unknown while it waits. */
    private static String phase(JsonNode view, JsonNode status, int wanted, int ready) {
        if (view.path("metadata").has("deletionTimestamp")) {
            return "Stopping";
        }
        if (is(status, "True") && isCurrent(view, status)) {
            return "Running";
        }
        if (failed(status).isPresent() && isCurrent(view, status)) {
            return ready > 0 ? "Degraded" : "Error";
        }
        return ready > 0 && wanted > 0 ? "Updating" : "Starting";
    }

    /** Whether what stands there is about the object as it is now. */
    private static boolean isCurrent(JsonNode view, JsonNode status) {
        long generation = view.path("metadata").path("generation").asLong();
        return ready(status).path("observedGeneration").asLong(generation) >= generation;
    }

    private static boolean is(JsonNode status, String value) {
        return ready(status).path("status").asText().equals(value);
    }

    private static JsonNode ready(JsonNode status) {
        return conditions(status).filter(one -> one.path("type").asText().equals("Ready"))
                .findFirst()
                .orElse(JSON.missingNode());
    }

    /** The first one counts: the others wait for it. */
    private static Optional<JsonNode> failed(JsonNode status) {
        return conditions(status).filter(one -> one.path("status").asText().equals("False")).findFirst();
    }

    private static String message(JsonNode status) {
        return failed(status)
                .or(() -> is(status, "True")
                        ? Optional.empty()
                        : conditions(status).filter(one -> one.path("status").asText().equals("Unknown")).findFirst())
                .map(one -> one.path("message").asText())
                .orElse("");
    }

    private static Stream<JsonNode> conditions(JsonNode status) {
        return StreamSupport.stream(status.path("conditions").spliterator(), false);
    }

    private static Stream<String> routes(JsonNode view) {
        Stream<String> ours = StreamSupport.stream(
                        view.path("virga").path("ingress").path("routes").spliterator(), false)
                .map(route -> route.path("host").asText("*") + route.path("path").asText("/"));
        JsonNode template = view.path("spec").path("template").path("spec");
        JsonNode spec = template.isMissingNode() ? view.path("spec") : template;
        Stream<String> hosts = StreamSupport.stream(spec.path("hostInterfaces").spliterator(), false)
                .map(entry -> entry.path("config").path("host").asText())
                .filter(host -> !host.isEmpty())
                .map(host -> host + "/");
        return Stream.concat(ours, hosts).distinct();
    }
}
