package dev.virga.host.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.host.Applied;
import dev.virga.host.Status;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestPrinter;
import dev.virga.host.shape.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a host has and does, as JSON. */
public final class Views {

    private static final String HIDDEN = "(hidden)";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Views() {}

    /** A manifest as Kubernetes would show it: with how it fares as its field {@code status}. */
    static ObjectNode object(Manifest manifest, Optional<Status> status, boolean secrets) {
        ObjectNode view = JSON.valueToTree(ManifestPrinter.tree(manifest));
        if (manifest.kind() == Kind.SECRET && !secrets) {
            hideValues(view);
        }
        status.ifPresent(s -> view.set("status", status(s)));
        return view;
    }

    /** Of a {@code Secret}. */
    public static void hideValues(ObjectNode secret) {
        Stream.of("data", "stringData")
                .map(secret::get)
                .filter(ObjectNode.class::isInstance)
                .forEach(values -> hide((ObjectNode) values));
    }

    private static void hide(ObjectNode values) {
        List<String> names = values.properties().stream().map(java.util.Map.Entry::getKey).toList();
        names.forEach(name -> values.put(name, HIDDEN));
    }

    private static ObjectNode status(Status status) {
        ObjectNode view = node()
                .put("phase", status.phase())
                .put("message", status.message())
                .put("revision", status.revision())
                .put("wanted", status.wanted())
                .put("ready", status.ready())
                .put("updated", status.updated())
                .put("restarts", status.restarts())
                .put("instances", status.instances())
                .put("memory", status.memory())
                .put("cpuNanos", status.cpuNanos())
                .put("created", status.created().toString());
        ArrayNode routes = view.putArray("routes");
        status.routes().forEach(routes::add);
        ArrayNode conditions = view.putArray("conditions");
        status.conditions().forEach(condition -> conditions.addObject()
                .put("type", condition.type())
                .put("status", condition.holds() ? "True" : "False")
                .put("reason", condition.reason())
                .put("message", condition.message()));
        return view;
    }

    static ObjectNode applied(Applied applied) {
        Manifest manifest = applied.manifest();
        return node()
                .put("kind", manifest.kind().toString())
                .put("namespace", manifest.metadata().namespace())
                .put("name", manifest.metadata().name())
                .put("result", applied.result().toString());
    }

    static ObjectNode error(String message) {
        ObjectNode view = node();
        view.putObject("error").put("message", message);
        return view;
    }

    static ObjectNode error(ManifestException wrong) {
        ObjectNode view = error(wrong.getMessage());
        ArrayNode problems = ((ObjectNode) view.get("error")).putArray("problems");
        wrong.problems().forEach(problem -> problems.add(problem(problem)));
        return view;
    }

    private static ObjectNode problem(Problem problem) {
        return node()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("path", problem.path())
                .put("text", problem.text());
    }

    static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
