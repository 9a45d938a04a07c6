package dev.virga.cli.conformance;

import static dev.virga.cli.conformance.ScriptFolder.counts;
import static dev.virga.cli.conformance.ScriptFolder.module;
import static dev.virga.cli.conformance.ScriptFolder.returns;
import static dev.virga.cli.conformance.ScriptFolder.traps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {

    private static final String INVALID =
            "{\"type\": \"assert_invalid\", \"line\": 4, \"filename\": \"core.wasm\", \"module_type\": \"binary\","
                    + " \"text\": \"type\"}";
    private static final String TEXT =
            "{\"type\": \"assert_malformed\", \"line\": 5, \"filename\": \"a.wat\", \"module_type\": \"text\","
                    + " \"text\": \"token\"}";

    @TempDir
    Path temporary;

    private ScriptFolder suite;

    @BeforeEach
    void folder() throws IOException {
        suite = new ScriptFolder(Files.createDirectory(temporary.resolve("suite")));
    }

    @Test
    void whatHoldsPassesAndWhatDoesNotFailsWithItsLine() throws IOException {
        suite.script("one", module(1, "core"), returns(2), traps(3, "unreachable"), INVALID, TEXT);
        CommandRun run = suite.run();
        assertEquals(1, run.exitCode(), run.err());
        assertEquals(
                List.of(
                        "FAIL suite/one.wast:3: expected the trap \"unreachable\", got a return",
                        "FAIL suite/one.wast:4: expected a refusal as invalid (type), got no refusal",
                        "suite: 2 passed, 2 failed, 1 skipped",
                        "skipped 1: module in text format: Virga reads binaries",
                        "2 passed, 2 failed, 1 skipped"),
                run.out().lines().toList());
    }

    @Test
    void jsonIsOneDocument() throws IOException {
        suite.script("one", module(1, "core"), returns(2), traps(3, "unreachable"), INVALID, TEXT);
        JsonNode json = new ObjectMapper().readTree(suite.run("--output", "json").out());
        assertEquals("{\"passed\":2,\"failed\":2,\"skipped\":1}", json.path("summary").toString());
        assertEquals(json.path("summary"), json.path("folders").path("suite"));
        assertEquals(2, json.path("failures").size());
        assertEquals(
                "{\"script\":\"suite/one.wast\",\"line\":3,\"expected\":\"the trap \\\"unreachable\\\"\",\"got\":\"a return\"}",
                json.path("failures").get(0).toString());
        assertEquals(
                "[{\"script\":\"suite/one.wast\",\"reason\":\"module in text format: Virga reads binaries\",\"lines\":[5]}]",
                json.path("skips").toString());
    }

    @Test
    void aScriptAboutComponentsRunsComponents() throws IOException {
        suite.script("one", module(1, "trap"), INVALID.replace("invalid", "malformed"));
        counts("2 passed, 0 failed, 0 skipped", suite.run());
    }

    @Test
    void aCoreScriptMayRefuseWhatLooksLikeAComponent() throws IOException {
        suite.script("one", module(1, "core"), INVALID.replace("invalid", "malformed").replace("core", "trap"));
        counts("2 passed, 0 failed, 0 skipped", suite.run());
    }

    @Test
    void afterAModuleThatFailsNothingIsCalledOnTheOneBefore() throws IOException {
        suite.script("one", module(1, "core"), module(2, "missing"), returns(3));
        CommandRun run = suite.run();
        assertTrue(run.out().contains("one.wast:2: expected a module that loads and starts, got no such file: missing.wasm"),
                run.out());
        assertTrue(run.out().contains("one.wast:3: expected a return, got no instance: the module at line 2 failed"),
                run.out());
        counts("1 passed, 2 failed, 0 skipped", run);
    }

    @Test
    void resultsComeInTheOrderOfTheScriptsHoweverManyRunAtOnce() throws IOException {
        for (int i = 10; i < 40; i++) {
            suite.script("s" + i, module(1, "core"), traps(2, "unreachable"));
        }
        String one = suite.run("--jobs", "1").out();
        assertEquals(one, suite.run("--jobs", "8").out());
        List<String> lines = one.lines().filter(l -> l.startsWith("FAIL")).toList();
        assertEquals(lines.stream().sorted().toList(), lines);
        assertEquals(30, lines.size());
    }

    @Test
    void aScriptCanBeGivenAsAFile() throws IOException {
        suite.script("one", module(1, "core"));
        suite.script("two", traps(1, ""));
        CommandRun run = CommandRun.of("conformance", suite.path().resolve("one/one.json").toString());
        assertEquals(List.of("suite: 1 passed, 0 failed, 0 skipped", "1 passed, 0 failed, 0 skipped"), run.out().lines().toList());
    }

    @Test
    void aScriptThatIsFoundTwiceRunsOnce() throws IOException {
        suite.script("one", module(1, "core"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), suite.path());
        counts("1 passed, 0 failed, 0 skipped",
                CommandRun.of("conformance", suite.path().toString(), suite.path().resolve("one").toString(), link.toString()));
    }

    @Test
    void aFilterChoosesScriptsAndLines() throws IOException {
        suite.script("one", module(1, "core"), returns(2), traps(3, "unreachable"), returns(4));
        suite.script("two", module(1, "core"));
        counts("1 passed, 0 failed, 0 skipped", suite.run("--filter", "two"));
        counts("4 passed, 1 failed, 0 skipped", suite.run("--filter", "suite/*.wast"));
        counts("0 passed, 1 failed, 0 skipped", suite.run("--filter", "suite/one.wast:3"));
        counts("1 passed, 0 failed, 0 skipped", suite.run("--filter", "one:2"));
    }

    @Test
    void aFilterThatChoosesNothingIsAMistake() throws IOException {
        suite.script("one", module(1, "core"));
        CommandRun none = suite.run("--filter", "three");
        assertEquals(2, none.exitCode());
        assertTrue(none.err().contains("no scripts found") && none.err().contains("three"), none.err());
        CommandRun line = suite.run("--filter", "one:9");
        assertEquals(2, line.exitCode());
        assertTrue(line.err().contains("no command starts at that line"), line.err());
    }

    @Test
    void aFolderThatIsNotThereIsAMistake() {
        CommandRun run = CommandRun.of("conformance", temporary.resolve("none").toString());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("none: no such file or folder"), run.err());
    }
}
