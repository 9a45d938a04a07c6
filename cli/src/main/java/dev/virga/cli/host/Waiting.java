package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.ExitCode;
import dev.virga.host.control.ControlPlane;
import dev.virga.wasi.Harmless;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Waits until what was applied runs, or cannot. */
final class Waiting {

    private static final Set<String> RUNS = Set.of("Running", "Asleep", "Completed");
    private static final Set<String> FAILED = Set.of("Error", "Degraded");

    private final ControlPlane host;
    private final Map<String, ObjectNode> waited = new LinkedHashMap<>();
    private final long end;
    private int code = ExitCode.OK;

    /** @param applied each gets its phase and message at the end, if it is of a kind that runs */
    Waiting(ControlPlane host, ArrayNode applied, Duration time) {
        this.host = host;
        this.end = System.nanoTime() + time.toNanos();
        applied.forEach(one -> waited.put(Objects.id(one), (ObjectNode) one));
    }

    /** The exit code. */
    int until(Consumer<String> good, Consumer<String> bad) {
        Map<String, String> query = new HashMap<>(scope());
        long changes = 0;
        while (true) {
            long seconds = Math.min(10, Math.max(0, (end - System.nanoTime()) / 1_000_000_000L));
            query.put("after", Long.toString(changes));
            query.put("wait", Long.toString(seconds));
            JsonNode state = host.objects(query);
            changes = state.path("changes").asLong();
            Map<String, JsonNode> now = new HashMap<>();
            state.path("objects").forEach(object -> now.put(Objects.idOf(object), object));
            waited.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), now, good, bad));
            if (waited.isEmpty()) {
                return code;
            }
            if (System.nanoTime() >= end) {
                waited.forEach((id, one) -> fail(id, one, now.get(id), "is not ready in time", bad));
                return code;
            }
        }
    }

    /** Whoever applies to one namespace of a cluster may have no right to look at the others. */
    private Map<String, String> scope() {
        Set<String> namespaces = waited.values().stream()
                .map(one -> one.path("namespace").asText())
                .collect(Collectors.toSet());
        return namespaces.size() == 1 ? Map.of("namespace", namespaces.iterator().next()) : Map.of();
    }

    private boolean isOver(
            String id, ObjectNode applied, Map<String, JsonNode> now, Consumer<String> good, Consumer<String> bad) {
        JsonNode object = now.get(id);
        if (object == null) {
            fail(id, applied, null, "was deleted meanwhile", bad);
            return true;
        }
        if (object.path("status").isMissingNode()) {
            return true; // nothing that runs
        }
        String phase = Objects.phase(object);
        if (RUNS.contains(phase)) {
            applied.put("phase", phase);
            good.accept(id + " " + phase.toLowerCase(java.util.Locale.ROOT));
            return true;
        }
        if (FAILED.contains(phase)) {
            fail(id, applied, object, "failed", bad);
            return true;
        }
        return false;
    }

    private void fail(String id, ObjectNode applied, JsonNode object, String why, Consumer<String> bad) {
        code = ExitCode.FAILED;
        String message = object == null ? "" : Objects.message(object);
        applied.put("phase", object == null ? "" : Objects.phase(object)).put("message", message);
        bad.accept("virga: " + id + " " + why + (message.isEmpty() ? "" : ": " + Harmless.text(message)));
    }
}
