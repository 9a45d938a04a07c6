package dev.virga.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.LogFormat;
import dev.virga.telemetry.LogLine;
import dev.virga.telemetry.LogOrigin;
import dev.virga.telemetry.LogSource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A line of a host that logs in JSON. */
record HostLine(LogLine line, String json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which lines are meant. */
    record Filter(String namespace, Set<String> workloads, Optional<String> component) {

        boolean fits(HostLine line) {
            return line.line.workload()
                            .filter(workload -> workload.namespace().equals(namespace)
                                    && workloads.contains(workload.name()))
                            .isPresent()
                    && component.filter(one -> !one.equals(line.line.origin().component())).isEmpty();
        }
    }

    interface Printer {
        String print(HostLine line);
    }

    static Printer printer(String format) {
        return format.equals("json") ? HostLine::json : line -> LogFormat.TEXT.format(line.line());
    }

    Instant time() {
        return line.time();
    }

    /** Empty for what is no line of a host's in JSON, such as what the JVM prints. */
    static Optional<HostLine> read(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text);
            return Optional.of(new HostLine(
                    new LogLine(
                            Instant.parse(json.path("time").asText()),
                            LogLevel.valueOf(json.path("level").asText().toUpperCase(Locale.ROOT)),
                            json.has("workload")
                                    ? Optional.of(new WorkloadName(
                                            json.path("namespace").asText(), json.path("workload").asText()))
                                    : Optional.empty(),
                            new LogOrigin(
                                    source(json.path("source").asText()),
                                    json.path("component").asText(),
                                    json.path("request_id").asText(),
                                    json.path("trace_id").asText(),
                                    ""),
                            json.path("message").asText()),
                    text));
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
