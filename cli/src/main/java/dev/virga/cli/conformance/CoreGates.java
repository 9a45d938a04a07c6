package dev.virga.cli.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What of the core suite an engine does not pass. */
final class CoreGates {

    /**
     * @param scripts matches their names
     * @param lines of the {@code .wast} file
     */
    private record Gate(Pattern scripts, IntPredicate lines, String reason) {

        Gate(String scripts, IntPredicate lines, String reason) {
            this(Pattern.compile(scripts), lines, reason);
        }

        Gate(String scripts, String reason) {
            this(scripts, _ -> true, reason);
        }

        boolean holds(String script, int line) {
            return lines.test(line) && scripts.matcher(script).matches();
        }
    }

    private static IntPredicate only(int... lines) {
        return line -> IntStream.of(lines).anyMatch(l -> l == line);
    }

    private static IntPredicate between(int from, int to) {
        return line -> from <= line && line <= to;
    }

    private static final String WIDE = "no 64-bit memories and tables";
    private static final Gate WIDE_SCRIPTS = new Gate("(?!i64|f64).*64|memory64-imports|table_copy_mixed", WIDE);

    private static final String ELEMENTS = "element segments make their objects anew at each use";
    private static final String CATCH_REF = "a catch_ref gives a nullable reference";

    /** All of it is in Endive 1.0.0. */
    private static final List<Gate> PORTABLE = List.of(
            WIDE_SCRIPTS,
            new Gate("simd_.*|.*relaxed.*", "no SIMD"),
            new Gate("array_init_elem", only(157, 178), ELEMENTS),
            new Gate("array_new_elem", only(121), ELEMENTS),
            new Gate("table_init", only(2286), ELEMENTS),
            new Gate("ref_null", between(23, 81), "the heap type noexn is unknown"),
            new Gate("table", only(9), "no tables of more than 10,000,000 elements"),
            new Gate("try_table", between(420, 468), CATCH_REF));

    private static final String OBJECTS = "no garbage collection";
    private static final String REFERENCES = "no typed function references";
    private static final String EXCEPTIONS = "no exceptions";

    private static final List<Gate> NATIVE = List.of(
            WIDE_SCRIPTS,
            new Gate("array|array_.*|br_on_cast.*|extern|i31|ref_cast|ref_eq|ref_null|ref_test|struct", OBJECTS),
            new Gate("type-(canon|equivalence|rec|subtyping)", OBJECTS),
            new Gate("tag", only(30, 38, 40, 49), OBJECTS),
            new Gate("table_init", only(2272, 2286), OBJECTS),
            new Gate("br_on_(non_)?null|(return_)?call_ref|local_init|ref_as_non_null|ref_is_null", REFERENCES),
            new Gate("br_table", between(3, 1264), REFERENCES),
            new Gate("elem", between(448, 578).or(only(87)), REFERENCES),
            new Gate("linking", between(96, 245).or(between(426, 455)), REFERENCES),
            new Gate("ref", only(3), REFERENCES),
            new Gate("table", only(14, 86, 91, 93).or(between(112, 116)), REFERENCES),
            new Gate("table-sub", only(1), REFERENCES),
            new Gate("unreached-valid", only(82), REFERENCES),
            new Gate("instance|throw|throw_ref|try_table", EXCEPTIONS));

    /** By the names of engines. */
    private static final Map<String, List<Gate>> BY_ENGINE = Map.of("portable", PORTABLE, "native", NATIVE);

    private CoreGates() {}

    /** Why an engine skips a command of a script of the core suite. */
    static Optional<String> reason(String engine, String script, int line) {
        return BY_ENGINE.get(engine).stream()
                .filter(gate -> gate.holds(script, line))
                .map(gate -> engine + " engine: " + gate.reason())
                .findFirst();
    }
}
