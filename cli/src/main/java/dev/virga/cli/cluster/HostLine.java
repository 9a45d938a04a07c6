package dev.virga.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.LogLine;
import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.LogSource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Lines of hosts that log in JSON. */
final class HostLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HostLine() {}

    /** Which lines are meant. */
    record Filter(String namespace, Set<String> workloads, Optional<String> component) {

        boolean fits(LogLine line) {
            return line.workload()
                            .filter(workload -> workload.namespace().equals(namespace)
                                    && workloads.contains(workload.name()))
                            .isPresent()
                    && component.filter(one -> !one.equals(line.origin().component())).isEmpty();
        }
    }

    /** Empty for what is no line of a host's in JSON, such as what the JVM prints. */
    static Optional<LogLine> read(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text);
            LogOrigin origin = new LogOrigin(
                    source(json.path("source").asText()),
                    json.path("component").asText(),
                    json.path("request_id").asText(),
                    json.path("trace_id").asText(),
                    "");
            Optional<WorkloadName> workload = json.has("workload")
                    ? Optional.of(new WorkloadName(json.path("namespace").asText(), json.path("workload").asText()))
                    : Optional.empty();
            LogLevel level = LogLevel.valueOf(json.path("level").asText().toUpperCase(Locale.ROOT));
            return Optional.of(new LogLine(
                    Instant.parse(json.path("time").asText()), level, workload, origin, json.path("message").asText()));
        } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static LogSource source(String text) {
        return Stream.of(LogSource.values())
                .filter(source -> source.toString().equals(text))
                .findFirst()
                .orElse(LogSource.HOST);
    }
}
