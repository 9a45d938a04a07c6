package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints how the scripts went. */
final class Report {

    private record Counts(int passed, int failed, int skipped) {
        static Counts of(ScriptResult result) {
            return new Counts(result.passed(), result.failures().size(), result.skippedCount());
        }

        Counts plus(Counts other) {
            return new Counts(passed + other.passed, failed + other.failed, skipped + other.skipped);
        }

        @Override
        public String toString() {
            return passed + " passed, " + failed + " failed, " + skipped + " skipped";
        }
    }

    private final List<ScriptResult> results;
    private final Counts total;
    private final Map<String, Counts> byFolder;
    private final Map<String, Integer> skippedByReason;

    Report(List<ScriptResult> results) {
        this.results = results;
        total = results.stream().map(Counts::of).reduce(new Counts(0, 0, 0), Counts::plus);
        byFolder = results.stream()
                .collect(Collectors.toMap(ScriptResult::folder, Counts::of, Counts::plus, TreeMap::new));
        skippedByReason = results.stream()
                .flatMap(r -> r.skipped().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum, TreeMap::new));
    }

    int failed() {
        return total.failed();
    }

    void printText(PrintStream out) {
        for (ScriptResult result : results) {
            for (ScriptResult.Failure failure : result.failures()) {
                out.println("FAIL " + result.folder() + "/" + result.name() + ":" + failure.line() + ": "
                        + failure.message());
            }
        }
        byFolder.forEach((folder, counts) -> out.println(folder + ": " + counts));
        skippedByReason.forEach((reason, count) -> out.println("skipped " + count + ": " + reason));
        out.println(total);
    }

    void printJson(PrintStream out) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = put(mapper.createObjectNode(), total);
        ObjectNode folders = root.putObject("folders");
        byFolder.forEach((folder, counts) -> put(folders.putObject(folder), counts));
        ObjectNode skipped = root.putObject("skippedByReason");
        skippedByReason.forEach(skipped::put);
        ArrayNode failures = root.putArray("failures");
        for (ScriptResult result : results) {
            for (ScriptResult.Failure failure : result.failures()) {
                failures.addObject()
                        .put("script", result.folder() + "/" + result.name())
                        .put("line", failure.line())
                        .put("message", failure.message());
            }
        }
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode put(ObjectNode node, Counts counts) {
        return node.put("passed", counts.passed()).put("failed", counts.failed()).put("skipped", counts.skipped());
    }
}
