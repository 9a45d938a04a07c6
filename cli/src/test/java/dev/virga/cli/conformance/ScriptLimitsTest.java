package dev.virga.cli.conformance;

import static dev.virga.cli.conformance.ScriptFolder.counts;
import static dev.virga.cli.conformance.ScriptFolder.module;
import static dev.virga.cli.conformance.ScriptFolder.returns;
import static dev.virga.cli.conformance.ScriptFolder.traps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script that hangs or takes all memory fails, and the others run. */
@Timeout(60)
class ScriptLimitsTest {

    @TempDir
    Path temporary;

    private ScriptFolder suite;

    @BeforeEach
    void folder() throws IOException {
        suite = new ScriptFolder(Files.createDirectory(temporary.resolve("suite")));
        for (int i = 0; i < 8; i++) {
            suite.script("whole" + i, module(1, "core"), returns(2));
        }
    }

    @Test
    void moreScriptsThanProcessorsThatHangDoNotHoldUpTheOthers() throws IOException {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            suite.script("hang" + i, module(1, "loop"), returns(2), module(3, "loop"), returns(4));
        }
        CommandRun run = suite.run("--timeout", "2s", "--jobs", "4");
        assertTrue(
                run.out().contains("FAIL suite/hang0.wast:2: expected a return, got stopped after the time limit of 2 s"
                        + " (--timeout)\n"
                        + "FAIL suite/hang0.wast:3: expected a module that loads and starts, got not run: stopped after"),
                run.out());
        int scripts = 2 * Runtime.getRuntime().availableProcessors();
        counts(16 + scripts + " passed, " + 3 * scripts + " failed, 0 skipped", run);
        assertEquals(1, run.exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "start-loop"})
    void aModuleOrComponentThatHangsWhileItStartsIsStopped(String binary) throws IOException {
        suite.script("hang", module(1, binary), returns(2));
        CommandRun run = suite.run("--timeout", "200ms", "--filter", "hang");
        assertTrue(run.out().contains("hang.wast:1: expected a module that loads and starts, got stopped after"), run.out());
        counts("0 passed, 2 failed, 0 skipped", run);
    }

    @Test
    void aTrapThatIsExpectedIsNotThatOfTheTimeLimit() throws IOException {
        suite.script("hang", module(1, "loop"), traps(2, "interrupted"));
        CommandRun run = suite.run("--timeout", "200ms", "--filter", "hang");
        assertTrue(run.out().contains("hang.wast:2: expected the trap \"interrupted\", got "), run.out());
    }

    @Test
    void memoryIsLimitedForEachScript() throws IOException {
        suite.script("grow", module(1, "grow"), returns(2));
        CommandRun run = suite.run("--max-memory", "64m");
        assertTrue(run.out().contains("grow.wast:2: expected a return, got the trap \"unreachable\""), run.out());
        assertTrue(run.out().contains("; the script has been refused memory (--max-memory)\n"), run.out());
        counts("17 passed, 1 failed, 0 skipped", run);
    }

    @Test
    void anInstanceThatCannotBeNamedAnyMoreDoesNotCount() throws IOException {
        suite.script("large", module(1, "large"), module(2, "large"), module(3, "large"), module(4, "large"));
        counts("4 passed, 0 failed, 0 skipped", suite.run("--max-memory", "40m", "--filter", "large"));
    }

    @Test
    void anInstanceThatIsNamedOrRegisteredDoes() throws IOException {
        String named = module(1, "large").replace("\"line\"", "\"name\": \"a\", \"line\"");
        suite.script("named", named, module(2, "large"));
        counts("1 passed, 1 failed, 0 skipped", suite.run("--max-memory", "40m", "--filter", "named"));
        String register = "{\"type\": \"register\", \"line\": 2, \"as\": \"a\"}";
        suite.script("registered", module(1, "large"), register, module(3, "large"));
        counts("2 passed, 1 failed, 0 skipped", suite.run("--max-memory", "40m", "--filter", "registered"));
    }

    @Test
    void withTooLittleMemoryForACoreScriptEveryScriptFails() throws IOException {
        CommandRun run = suite.run("--max-memory", "1k");
        counts("0 passed, 8 failed, 0 skipped", run);
        assertTrue(run.out().contains("FAIL suite/whole0.wast: expected a script, got "), run.out());
    }
}
