package dev.virga.engine.portable.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Engine;
import dev.virga.engine.conformance.CoreScript;
import dev.virga.engine.conformance.CoreSuiteContract;
import dev.virga.engine.portable.PortableEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CoreSuiteTest extends CoreSuiteContract {

    @Override
    public Engine newEngine(Optional<Path> cache) {
        return PortableEngine.withGarbageCollection(cache);
    }

    /** Features that Endive 1.0.0 lacks. */
    @Override
    protected boolean needsMissingFeature(String script) {
        return script.endsWith("64") && !List.of("i64", "f64").contains(script)
                || script.equals("memory64-imports")
                || script.equals("table_copy_mixed")
                || isAboutVectors(script);
    }

    private static boolean isAboutVectors(String script) {
        return script.startsWith("simd_") || script.contains("relaxed");
    }

    @Test
    @DisplayName("every module of the suite that uses vectors is refused with a message that says so")
    void refusesVectors() throws IOException {
        List<CoreScript.Failure> refusals = new ArrayList<>();
        try (Engine engine = new PortableEngine(Optional.empty())) {
            for (String name : scripts()) {
                if (isAboutVectors(name)) {
                    run(name, engine).failures().stream()
                            .filter(failure -> failure.command().startsWith("module"))
                            .forEach(refusals::add);
                }
            }
        }
        assertTrue(refusals.size() > 60, refusals.size() + " refused");
        assertEquals(List.of(), refusals.stream().filter(failure -> !failure.message().contains("SIMD (")).toList());
    }
}
