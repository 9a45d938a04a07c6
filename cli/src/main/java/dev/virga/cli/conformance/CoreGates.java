package dev.virga.cli.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What of the core suite an engine does not pass. */
final class CoreGates {

    /**
     * @param scripts matches their names
     * @param from the first line of the {@code .wast} file
     * @param to the last line
     */
    private record Gate(Pattern scripts, int from, int to, String reason) {

        Gate(String scripts, int from, int to, String reason) {
            this(Pattern.compile(scripts), from, to, reason);
        }

        Gate(String scripts, String reason) {
            this(scripts, 0, Integer.MAX_VALUE, reason);
        }
    }

    private static final String ELEMENTS = "element segments make their objects anew at each use";
    private static final String CATCH_REF = "a catch_ref gives a nullable reference";

    /** All of it is in Endive 1.0.0. */
    private static final List<Gate> PORTABLE = List.of(
            new Gate("simd_.*|.*relaxed.*", "no SIMD"),
            new Gate("(?!i64|f64).*64|memory64-imports|table_copy_mixed", "no 64-bit memories and tables"),
            new Gate("array_init_elem", 157, 157, ELEMENTS),
            new Gate("array_init_elem", 178, 178, ELEMENTS),
            new Gate("array_new_elem", 121, 121, ELEMENTS),
            new Gate("table_init", 2286, 2286, ELEMENTS),
            new Gate("ref_null", 23, 81, "the heap type noexn is unknown"),
            new Gate("table", 9, 9, "no tables of more than 10,000,000 elements"),
            new Gate("try_table", 420, 468, CATCH_REF));

    /** By the names of engines. */
    private static final Map<String, List<Gate>> BY_ENGINE = Map.of("portable", PORTABLE);

    private CoreGates() {}

    /** Why an engine skips a command of a script of the core suite. */
    static Optional<String> reason(String engine, String script, int line) {
        return BY_ENGINE.getOrDefault(engine, List.of()).stream()
                .filter(g -> g.from() <= line && line <= g.to() && g.scripts().matcher(script).matches())
                .map(gate -> engine + " engine: " + gate.reason())
                .findFirst();
    }
}
