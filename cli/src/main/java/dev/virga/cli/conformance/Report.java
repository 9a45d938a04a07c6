package dev.virga.cli.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the scripts went, all together and by folder. */
record Report(List<ScriptResult> results) {

    record Counts(int passed, int failed, int skipped) {

        static final Counts NONE = new Counts(0, 0, 0);

        static Counts of(ScriptResult result) {
            return new Counts(result.passed(), result.failures().size(), result.skips().size());
        }

        Counts plus(Counts other) {
            return new Counts(passed + other.passed, failed + other.failed, skipped + other.skipped);
        }

        /** The last line of the command's output. */
        @Override
        public String toString() {
            return passed + " passed, " + failed + " failed, " + skipped + " skipped";
        }
    }

    Counts total() {
        return results.stream().map(Counts::of).reduce(Counts.NONE, Counts::plus);
    }

    Map<String, Counts> byFolder() {
        return results.stream()
                .collect(Collectors.toMap(r -> r.script().folder(), Counts::of, Counts::plus, TreeMap::new));
    }

    Map<String, Long> skippedByReason() {
        return results.stream()
                .flatMap(r -> r.skips().stream())
                .collect(Collectors.groupingBy(ScriptResult.Skip::reason, TreeMap::new, Collectors.counting()));
    }

    /** The lines of a script that were skipped, by reason. */
    static Map<String, List<Integer>> skippedLines(ScriptResult result) {
        return result.skips().stream()
                .collect(Collectors.groupingBy(
                        ScriptResult.Skip::reason,
                        TreeMap::new,
                        Collectors.mapping(ScriptResult.Skip::line, Collectors.toList())));
    }
}
