package dev.virga.engine.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.engine.Engine;
import dev.virga.engine.contract.EngineSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every script of the core suite that needs no feature which the engine lacks. The failures that are
 * known stand in {@code known-failures.txt} beside the test.
 */
public abstract class CoreSuiteContract implements EngineSource {

    /** Whether a script is about a feature that the engine lacks. */
    protected abstract boolean needsMissingFeature(String script);

    @Test
    @DisplayName("the core specification's suite passes, but for the failures listed in known-failures.txt")
    void passes() throws IOException {
        List<String> failures = new ArrayList<>();
        int passed = 0;
        try (Engine engine = newEngine(Optional.empty())) {
            for (String name : scripts()) {
                if (!needsMissingFeature(name)) {
                    CoreScript.Report report = run(name, engine);
                    passed += report.passed();
                    if (!report.failures().isEmpty()) {
                        failures.add(name + " " + report.failures().size());
                    }
                }
            }
        }
        assertEquals(known(), String.join("\n", failures), passed + " passed");
    }

    /** The names of all scripts of the suite. */
    protected static List<String> scripts() throws IOException {
        try (Stream<Path> folders = Files.list(core())) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    protected static CoreScript.Report run(String name, Engine engine) {
        return CoreScript.run(core().resolve(name).resolve(name + ".json"), engine);
    }

    private String known() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("known-failures.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" *#")[0])
                    .collect(Collectors.joining("\n"));
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
