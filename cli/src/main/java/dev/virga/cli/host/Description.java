package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.host.shape.Yaml;
import dev.virga.wasi.Harmless;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All about one object, for people. */
final class Description {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;

    Description(PrintStream out) {
        this.out = out;
    }

    void print(JsonNode object, List<String> log) {
        field("Name", object.path("metadata").path("name").asText());
        field("Namespace", Objects.namespace(object));
        field("Kind", object.path("kind").asText());
        JsonNode status = object.path("status");
        if (status.isMissingNode()) {
            block("Content", object);
            return;
        }
        status(status);
        components(Objects.workload(object));
        JsonNode settings = object.path("virga");
        if (!settings.isMissingNode()) {
            block("Settings", settings);
        }
        conditions(status.path("conditions"));
        out.println("Log:" + (log.isEmpty() ? " empty" : ""));
        log.forEach(line -> out.println("  " + Harmless.text(line)));
    }

    private void status(JsonNode status) {
        field("Phase", status.path("phase").asText());
        String message = status.path("message").asText();
        if (!message.isEmpty()) {
            field("Message", message);
        }
        field("Age", Words.age(status.path("created").asText(), Instant.now()));
        if (status.has("revision")) {
            field("Revision", status.path("revision").asText());
        }
        field("Replicas", status.path("wanted").asText() + " wanted, " + status.path("ready").asText() + " ready, "
                + status.path("updated").asText() + " updated");
        if (status.has("instances")) { // a cluster knows nothing of these
            field("Restarts", status.path("restarts").asText());
            field("In use", status.path("instances").asText() + " instances, "
                    + Words.bytes(status.path("memory").asLong()) + " of memory, "
                    + Words.cpu(status.path("cpuNanos").asLong()) + " of processor time");
        }
        List<String> routes = new ArrayList<>();
        status.path("routes").forEach(route -> routes.add(route.asText()));
        field("Routes", routes.isEmpty() ? "none" : String.join(", ", routes));
    }

    private void components(JsonNode workload) {
        List<List<String>> rows = new ArrayList<>();
        workload.path("components").forEach(component -> rows.add(List.of(
                "  " + component.path("name").asText(),
                component.path("image").asText(),
                component.path("poolSize").asText("0"))));
        if (!rows.isEmpty()) {
            out.println("Components:");
            Table.print(out, List.of("  NAME", "IMAGE", "POOL"), rows);
        }
        if (workload.has("service")) {
            field("Service", workload.path("service").path("image").asText());
        }
        List<String> interfaces = new ArrayList<>();
        workload.path("hostInterfaces").forEach(entry -> interfaces.add(
                entry.path("namespace").asText() + ":" + entry.path("package").asText()
                        + (entry.has("name") ? " (" + entry.path("name").asText() + ")" : "")));
        if (!interfaces.isEmpty()) {
            field("Interfaces", String.join(", ", interfaces));
        }
    }

    private void conditions(JsonNode conditions) {
        List<List<String>> rows = new ArrayList<>();
        conditions.forEach(condition -> rows.add(List.of(
                "  " + condition.path("type").asText(),
                condition.path("status").asText(),
                condition.path("reason").asText(),
                condition.path("message").asText())));
        out.println("Conditions:");
        Table.print(out, List.of("  TYPE", "STATUS", "REASON", "MESSAGE"), rows);
    }

    private void block(String title, JsonNode value) {
        out.println(title + ":");
        Yaml.print(List.of(JSON.convertValue(value, java.util.Map.class)))
                .lines()
                .forEach(line -> out.println("  " + Harmless.text(line)));
    }

    private void field(String title, String value) {
        out.println((title + ":" + " ".repeat(12)).substring(0, 13) + Harmless.text(value));
    }
}
