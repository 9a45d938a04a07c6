package dev.virga.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VirgaCommandTest {

    @Test
    void theVersionIsTheBuilds() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().matches("virga \\d+\\.\\d+\\.\\d+.*\\R"), run.out());
    }

    @Test
    void helpListsTheCommandsAndGivesExamples() {
        CommandRun run = CommandRun.of("--help");
        assertEquals(0, run.exitCode());
        for (String part : new String[] {"run", "serve", "wit", "inspect", "compose", "compile", "conformance", "Examples:"}) {
            assertTrue(run.out().contains(part), part);
        }
    }

    @Test
    void aMistypedCommandOrFlagIsSuggested() {
        CommandRun command = CommandRun.of("inspekt", "x.wasm");
        assertEquals(2, command.exitCode());
        assertTrue(command.err().contains("did you mean") && command.err().contains("inspect"), command.err());

        CommandRun flag = CommandRun.of("run", "--timout", "3s", "x.wasm");
        assertEquals(2, flag.exitCode());
        assertTrue(flag.err().contains("--timeout"), flag.err());
    }

    @Test
    void swappedLettersAndPrefixesAreUnderstood() {
        assertEquals("virga: unknown command 'rnu'; did you mean run?", firstLine("rnu", "x.wasm"));
        assertEquals("virga: unknown flag '--evn'; did you mean --env?", firstLine("run", "--evn=A=B", "x.wasm"));
        assertEquals("virga: unknown flag '--max-mem'; did you mean --max-memory?", firstLine("run", "--max-mem", "1m"));
    }

    @Test
    void aWordUnlikeAnyOtherIsOnlyCalledUnknown() {
        assertEquals("virga: unknown command 'frobnicate'", firstLine("frobnicate"));
        assertEquals("virga: unknown flag '--quux'", firstLine("run", "--quux", "x.wasm"));
    }

    @Test
    void anArgumentTooManyIsNamed() {
        assertEquals("virga: one argument too many: 'b.wasm'", firstLine("inspect", "a.wasm", "b.wasm"));
    }

    private static String firstLine(String... args) {
        CommandRun run = CommandRun.of(args);
        assertEquals(2, run.exitCode());
        return run.err().lines().findFirst().orElse("");
    }

    @Test
    void noCommandAtAllIsAUsageError() {
        CommandRun run = CommandRun.of();
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("--help"), run.err());
    }

    @Test
    void aValueThatCannotBeUnderstoodSaysHowToWriteIt() {
        assertTrue(CommandRun.of("run", "--timeout", "soon", "x.wasm").err().contains("500ms, 30s or 2m"));
        assertTrue(CommandRun.of("run", "--max-memory", "much", "x.wasm").err().contains("256m or 2g"));
    }
}
