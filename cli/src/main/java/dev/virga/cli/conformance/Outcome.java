package dev.virga.cli.conformance;

/** How a command went. */
sealed interface Outcome {

    record Passed() implements Outcome {}

    record Failed(Difference difference) implements Outcome {}

    /**
     * It, or what it needs of the script, uses a feature that the engine says it lacks.
     *
     * @param feature as the engine names it
     * @param difference what there is to say where the engine should not lack it
     */
    record Lacking(String feature, Difference difference) implements Outcome {}
}
