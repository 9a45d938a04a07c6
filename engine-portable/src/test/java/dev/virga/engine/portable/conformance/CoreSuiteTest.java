package dev.virga.engine.portable.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.engine.portable.PortableEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every script of the core suite that needs no feature which Endive lacks. */
class CoreSuiteTest {

    /** Scripts about features that Endive 1.0.0 lacks. */
    private static boolean needsMissingFeature(String script) {
        return script.endsWith("64") && !List.of("i64", "f64").contains(script)
                || script.equals("memory64-imports")
                || script.equals("table_copy_mixed")
                || script.startsWith("simd_")
                || script.contains("relaxed");
    }

    @Test
    @DisplayName("the core specification's suite passes, but for the failures listed in known-failures.txt")
    void passes() throws IOException {
        Path core = core();
        List<String> failures = new ArrayList<>();
        int passed = 0;
        try (PortableEngine engine = PortableEngine.withGarbageCollection(Optional.empty());
                Stream<Path> folders = Files.list(core)) {
            for (Path folder : folders.sorted().toList()) {
                String name = folder.getFileName().toString();
                if (!needsMissingFeature(name)) {
                    CoreScript.Report report = CoreScript.run(folder.resolve(name + ".json"), engine);
                    passed += report.passed();
                    if (!report.failures().isEmpty()) {
                        failures.add(name + " " + report.failures().size());
                    }
                }
            }
        }
        assertEquals(known(), String.join("\n", failures), passed + " passed");
    }

    @Test
    @DisplayName("every module of the suite that uses vectors is refused with a message that says so")
    void refusesVectors() throws IOException {
        List<CoreScript.Failure> refusals = new ArrayList<>();
        try (PortableEngine engine = new PortableEngine(Optional.empty());
                Stream<Path> folders = Files.list(core())) {
            for (Path folder : folders.sorted().toList()) {
                String name = folder.getFileName().toString();
                if (name.startsWith("simd_") || name.contains("relaxed")) {
                    CoreScript.run(folder.resolve(name + ".json"), engine).failures().stream()
                            .filter(failure -> failure.command().startsWith("module"))
                            .forEach(refusals::add);
                }
            }
        }
        assertTrue(refusals.size() > 60, refusals.size() + " refused");
        assertEquals(List.of(), refusals.stream().filter(failure -> !failure.message().contains("SIMD (")).toList());
    }

    private static String known() throws IOException {
        try (var in = CoreSuiteTest.class.getResourceAsStream("known-failures.txt")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" *#")[0])
                    .collect(java.util.stream.Collectors.joining("\n"));
        }
    }

    private static Path core() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path core = at.resolve("shared/conformance/core");
            if (Files.isDirectory(core)) {
                return core;
            }
        }
        assumeTrue(false, "skipped: there is no shared/conformance beside the checkout");
        throw new AssertionError();
    }
}
