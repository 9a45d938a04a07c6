package dev.virga.cli.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {

    @TempDir
    Path suite;

    @BeforeEach
    void binaries() throws IOException {
        Files.createDirectories(suite.resolve("one"));
        for (String name : List.of("core", "loop", "trap")) {
            Files.copy(Path.of(CommandRun.guest(name)), suite.resolve("one").resolve(name + ".wasm"));
        }
    }

    @Test
    void whatHoldsPassesAndWhatDoesNotFailsWithItsLine() throws IOException {
        script("""
                {"type": "module", "line": 1, "filename": "core.wasm", "module_type": "binary"},
                {"type": "assert_return", "line": 2, "expected": [],
                 "action": {"type": "invoke", "field": "f", "args": []}},
                {"type": "assert_trap", "line": 3, "text": "unreachable",
                 "action": {"type": "invoke", "field": "f", "args": []}},
                {"type": "assert_invalid", "line": 4, "filename": "core.wasm", "module_type": "binary", "text": "type"},
                {"type": "assert_malformed", "line": 5, "filename": "a.wat", "module_type": "text", "text": "token"}""");
        CommandRun run = CommandRun.of("conformance", suite.toString());
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.out().contains("one.wast:3: expected the trap \"unreachable\", but it returned"), run.out());
        assertTrue(run.out().contains("one.wast:4: accepted, but it is invalid: type"), run.out());
        assertEquals("2 passed, 2 failed, 1 skipped", run.out().lines().toList().getLast());
    }

    @Test
    void aScriptAboutComponentsRunsComponents() throws IOException {
        script("""
                {"type": "module", "line": 1, "filename": "trap.wasm", "module_type": "binary"},
                {"type": "assert_malformed", "line": 2, "filename": "core.wasm", "module_type": "binary", "text": "x"}""");
        CommandRun run = CommandRun.of("conformance", suite.toString());
        assertEquals("2 passed, 0 failed, 0 skipped", run.out().lines().toList().getLast(), run.out());
        assertEquals(0, run.exitCode());
    }

    @Test
    void afterAModuleThatFailsNothingIsCalledOnTheOneBefore() throws IOException {
        script("""
                {"type": "module", "line": 1, "filename": "core.wasm", "module_type": "binary"},
                {"type": "module", "line": 2, "filename": "missing.wasm", "module_type": "binary"},
                {"type": "assert_return", "line": 3, "expected": [],
                 "action": {"type": "invoke", "field": "f", "args": []}}""");
        CommandRun run = CommandRun.of("conformance", suite.toString());
        assertEquals("1 passed, 2 failed, 0 skipped", run.out().lines().toList().getLast(), run.out());
    }

    @Test
    void theFilterAndJson() throws IOException {
        script("""
                {"type": "module", "line": 1, "filename": "core.wasm", "module_type": "binary"}""");
        CommandRun json = CommandRun.of("conformance", "--output", "json", "--filter", "one/", suite.toString());
        assertEquals(1, new ObjectMapper().readTree(json.out()).path("passed").asInt());
        CommandRun none = CommandRun.of("conformance", "--filter", "two/", suite.toString());
        assertEquals(2, none.exitCode());
        assertTrue(none.err().contains("no scripts found"), none.err());
    }

    @Test
    void theSynchronousSuitesOfTheComponentModelPass() {
        Optional<Path> shared = sharedSuites();
        assumeTrue(shared.isPresent(), "shared/conformance is not beside this checkout");
        CommandRun run = CommandRun.of("conformance", shared.get().resolve("component-model").toString());
        assertEquals(0, run.exitCode(), run.out());
        assertFalse(run.out().contains("FAIL"), run.out());
    }

    private static Optional<Path> sharedSuites() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/conformance"))) {
                return Optional.of(at.resolve("shared/conformance"));
            }
        }
        return Optional.empty();
    }

    private void script(String commands) throws IOException {
        Files.writeString(
                suite.resolve("one/one.json"), "{\"source_filename\": \"one.wast\", \"commands\": [" + commands + "]}");
    }
}
