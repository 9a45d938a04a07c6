package dev.virga.cli.conformance;

import java.util.List;

/** How a script went. */
record ScriptResult(ScriptFile script, int passed, List<Failure> failures, List<Skip> skips) {

    /** @param line in the {@code .wast} file, or 0 where it is about the script as a whole */
    record Failure(int line, Difference difference) {}

    /** A command that was not run. */
    record Skip(int line, String reason) {}

    ScriptResult {
        failures = List.copyOf(failures);
        skips = List.copyOf(skips);
    }

    /** Of a file that is no script, or whose script cannot be begun. */
    static ScriptResult unusable(ScriptFile file, String why) {
        return new ScriptResult(file, 0, List.of(new Failure(0, new Difference("a script", why))), List.of());
    }
}
