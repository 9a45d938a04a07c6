package dev.virga.cli.conformance;

import static dev.virga.cli.conformance.ScriptFolder.CALL;
import static dev.virga.cli.conformance.ScriptFolder.counts;
import static dev.virga.cli.conformance.ScriptFolder.module;
import static dev.virga.cli.conformance.ScriptFolder.returns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a script is a failure in words, and the run goes on. */
class BrokenScriptsTest {

    @TempDir
    Path temporary;

    private ScriptFolder suite;

    @BeforeEach
    void folder() throws IOException {
        suite = new ScriptFolder(Files.createDirectory(temporary.resolve("suite")));
        suite.script("whole", module(1, "core"), returns(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"commands\": [{\"type\": \"module\", \"line\": 1, \"fil", "no JSON", "\u0000"})
    void truncatedOrMalformedJsonIsAFailure(String json) throws IOException {
        suite.write("broken", json);
        CommandRun run = suite.run();
        if (!json.isEmpty()) {
            assertTrue(run.out().contains("FAIL suite/broken.wast: expected a script, got the script cannot be read as JSON"),
                    run.out());
            counts("2 passed, 1 failed, 0 skipped", run);
        }
        assertEquals(json.isEmpty() ? 0 : 1, run.exitCode());
    }

    @Test
    void jsonThatNestsDeeplyIsAFailure() throws IOException {
        suite.write("deep", "{\"commands\": " + "[".repeat(1_000_000));
        CommandRun run = suite.run();
        assertTrue(run.out().contains("deep.wast: expected a script, got the script cannot be read as JSON"), run.out());
        counts("2 passed, 1 failed, 0 skipped", run);
    }

    @Test
    void otherJsonIsLeftAloneUnlessItIsAskedFor() throws IOException {
        suite.write("other", "{\"root\": 1}");
        counts("2 passed, 0 failed, 0 skipped", suite.run());
        CommandRun asked = CommandRun.of("conformance", suite.path().resolve("other/other.json").toString());
        assertTrue(asked.out().contains("expected a script, got JSON without a list \"commands\""), asked.out());
        assertEquals(1, asked.exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock = """
            {"type": "assert_magic", "line": 7}                        | unknown command "assert_magic"
            {"line": 7}                                                | a command without a type
            {"type": "module", "line": 7}                              | a command without "filename"
            {"type": "register", "line": 7}                            | a command without "as"
            {"type": "action", "line": 7}                              | unknown action ""
            {"type": "module", "line": 7, "filename": "../x.wasm"}     | "../x.wasm" does not name a file beside the script
            {"type": "module", "line": 7, "filename": "/dev/zero"}     | "/dev/zero" does not name a file beside the script
            {"type": "module", "line": 7, "filename": ".."}            | ".." does not name a file beside the script
            {"type": "module", "line": 7, "filename": "none.wasm"}     | no such file: none.wasm
            {"type": "module", "line": 7, "filename": "folder"}        | folder is no file
            {"type": "module_instance", "line": 7, "module": "none"}   | no definition "none"
            {"type": "register", "line": 7, "as": "a", "name": "none"} | no instance "none\"""")
    void aCommandThatMakesNoSenseIsAFailure(String command, String got) throws IOException {
        suite.script("broken", command, module(8, "core"), returns(9));
        Files.createDirectory(suite.path().resolve("broken/folder"));
        CommandRun run = suite.run();
        assertTrue(run.out().contains("FAIL suite/broken.wast:7: "), run.out());
        assertTrue(run.out().contains(", got " + got), run.out());
        counts("4 passed, 1 failed, 0 skipped", run);
    }

    @Test
    void whatAScriptSaysStaysOnItsLine() throws IOException {
        suite.script("broken", "{\"type\": \"a\\u001b[2J\\nb\", \"line\": 7}");
        CommandRun run = suite.run();
        assertTrue(run.out().contains("got unknown command \"a\\u{1b}[2J b\""), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\": \"i32\", \"value\": \"x\"}", "{\"type\": \"i33\", \"value\": \"1\"}", "7"})
    void anArgumentThatMakesNoSenseIsAFailure(String argument) throws IOException {
        String command = "{\"type\": \"action\", \"line\": 2, " + CALL.replace("[]", "[" + argument + "]") + "}";
        suite.script("broken", module(1, "core"), command, returns(3));
        CommandRun run = suite.run();
        assertTrue(run.out().contains("FAIL suite/broken.wast:2: expected a return, got "), run.out());
        counts("4 passed, 1 failed, 0 skipped", run);
    }
}
