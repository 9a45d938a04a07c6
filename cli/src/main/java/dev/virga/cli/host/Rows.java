package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Objects as a table, which goes on when some of them change. */
final class Rows {

    private final boolean namespaces;
    private final boolean kinds;
    private final boolean running;
    private final boolean wide;
    private final Table table;
    private final Map<String, List<String>> printed = new HashMap<>();

    /**
     * @param namespaces whether they are of several namespaces
     * @param kinds whether they are of several kinds
     * @param running whether they are of kinds that run
     */
    Rows(boolean namespaces, boolean kinds, boolean running, boolean wide) {
        this.namespaces = namespaces;
        this.kinds = kinds;
        this.running = running;
        this.wide = wide;
        this.table = new Table(titles());
    }

    private List<String> titles() {
        List<String> titles = new ArrayList<>();
        if (namespaces) {
            titles.add("NAMESPACE");
        }
        titles.add("NAME");
        if (kinds) {
            titles.add("KIND");
        }
        if (running) {
            titles.addAll(List.of("READY", "PHASE", "RESTARTS", "AGE"));
            if (wide) {
                titles.addAll(List.of("REVISION", "INSTANCES", "MEMORY", "CPU", "IMAGES"));
            }
            titles.addAll(List.of("ROUTES", "MESSAGE"));
        }
        return titles;
    }

    /** Rows that are as they were printed before are left out. */
    void print(PrintStream out, List<JsonNode> objects) {
        for (JsonNode object : objects) {
            List<String> ageless = row(object, "");
            if (!ageless.equals(printed.put(Objects.idOf(object), ageless))) {
                table.add(row(object, Words.age(object.path("status").path("created").asText(), Instant.now())));
            }
        }
        table.print(out);
    }

    private List<String> row(JsonNode object, String age) {
        JsonNode status = object.path("status");
        List<String> cells = new ArrayList<>();
        if (namespaces) {
            cells.add(Objects.namespace(object));
        }
        cells.add(object.path("metadata").path("name").asText());
        if (kinds) {
            cells.add(object.path("kind").asText());
        }
        if (running) {
            cells.add(status.path("ready").asInt() + "/" + status.path("wanted").asInt());
            cells.add(Objects.phase(object));
            cells.add(status.path("restarts").asText("-"));
            cells.add(age);
            if (wide) {
                cells.add(status.path("revision").asText("-"));
                cells.add(status.path("instances").asText("-"));
                cells.add(status.has("memory") ? Words.bytes(status.path("memory").asLong()) : "-");
                cells.add(status.has("cpuNanos") ? Words.cpu(status.path("cpuNanos").asLong()) : "-");
                cells.add(joined(Objects.workload(object).path("components").findValuesAsText("image")));
            }
            cells.add(joined(StreamSupport.stream(status.path("routes").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList()));
            cells.add(Objects.message(object));
        }
        return cells;
    }

    private static String joined(List<String> texts) {
        return texts.isEmpty() ? "-" : texts.stream().collect(Collectors.joining(","));
    }
}
