package dev.virga.cli.conformance;

import java.util.List;
import java.util.Map;

/**
 * How a script went.
 *
 * @param folder the folder that the summary counts it under
 * @param skipped how many commands were skipped, by reason
 */
record ScriptResult(
        String folder, String name, int passed, List<Failure> failures, Map<String, Integer> skipped) {

    /** @param line in the {@code .wast} file */
    record Failure(int line, String message) {}

    ScriptResult {
        failures = List.copyOf(failures);
        skipped = Map.copyOf(skipped);
    }

    int skippedCount() {
        return skipped.values().stream().mapToInt(Integer::intValue).sum();
    }
}
