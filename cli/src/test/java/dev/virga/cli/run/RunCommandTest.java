package dev.virga.cli.run;

import static dev.virga.cli.CommandRun.example;
import static dev.virga.cli.CommandRun.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

    private static final String HELLO = example("hello-cli/hello.wasm");

    @TempDir
    Path folder;

    @Test
    void theGuestSeesItsArgumentsVariablesAndStandardStreams() {
        assertEquals("HELLO\n", CommandRun.withInput("hello\n", "run", HELLO, "upper").out());
        CommandRun env = CommandRun.of("run", "--env", "COLOUR=blue", HELLO, "env");
        assertEquals(0, env.exitCode(), env.err());
        assertTrue(env.out().contains("COLOUR=blue"), env.out());
    }

    @Test
    void theGuestsExitCodeIsTheCommands() {
        assertEquals(42, CommandRun.of("run", guest("exit-code")).exitCode());
        assertEquals(0, CommandRun.of("run", HELLO, "exit", "0").exitCode());
        assertEquals(1, CommandRun.of("run", guest("exit")).exitCode());
        assertEquals(1, CommandRun.of("run", guest("fail")).exitCode());
    }

    @Test
    void aDirectoryIsSeenOnlyIfItIsGranted() throws IOException {
        Files.writeString(folder.resolve("there.txt"), "x");
        CommandRun granted = CommandRun.of("run", "--dir", folder + "::/data::ro", HELLO, "ls", "/data");
        assertEquals(0, granted.exitCode(), granted.err());
        assertTrue(granted.out().contains("there.txt"), granted.out());

        CommandRun refused = CommandRun.of("run", HELLO, "ls", folder.toString());
        assertTrue(refused.exitCode() != 0, "exit code " + refused.exitCode());
        assertFalse(refused.out().contains("there.txt"), refused.out());
    }

    @Test
    void whatFollowsTheFileBelongsToTheGuest() {
        CommandRun run = CommandRun.withInput("a", "run", HELLO, "upper", "--help");
        assertFalse(run.out().contains("Usage: virga"), run.out());
    }

    @Test
    void aTrapIsOneLineWithTheGuestsBacktrace() {
        CommandRun run = CommandRun.of("run", guest("trap"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("virga: the guest trapped: unreachable\n    at "), run.err());
        assertTrue(run.err().contains("innermost") && run.err().contains("middle"), run.err());
    }

    @Test
    void errorsAreJsonObjectsIfThatIsAskedFor() throws IOException {
        JsonNode trap = error(CommandRun.of("run", "--output", "json", guest("trap")), 1);
        assertEquals("trap", trap.path("kind").asText());
        assertEquals("unreachable", trap.path("trap").asText());
        assertTrue(trap.path("backtrace").get(0).asText().contains("innermost"), trap.toString());

        assertEquals("failed", error(CommandRun.of("run", "--output", "json", guest("no-run")), 1).path("kind").asText());
        JsonNode missing = error(CommandRun.of("inspect", "--output=json", "nowhere.wasm"), 2);
        assertEquals("nowhere.wasm: no such file", missing.path("message").asText());
        JsonNode flag = error(CommandRun.of("serve", "--timout", "3s", "--output", "json", "x.wasm"), 2);
        assertEquals("usage", flag.path("kind").asText());

        String text = CommandRun.of("run", guest("no-run"), "--output", "json").err();
        assertTrue(text.startsWith("virga: "), "the guest's own arguments are not flags: " + text);
    }

    private static JsonNode error(CommandRun run, int exitCode) throws IOException {
        assertEquals(exitCode, run.exitCode(), run.err());
        return new ObjectMapper().readTree(run.err()).path("error");
    }

    @Test
    void aGuestThatNeverEndsIsStoppedByTheTimeLimit() {
        for (String name : new String[] {"loop", "start-loop"}) {
            CommandRun run = CommandRun.of("run", "--timeout", "300ms", guest(name));
            assertEquals(1, run.exitCode(), run.err());
            assertTrue(run.err().contains("time limit of 300 ms (--timeout) passed"), run.err());
        }
    }

    @Test
    void aGuestThatRecursesForEverTraps() {
        CommandRun run = CommandRun.of("run", guest("recurse"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("virga: the guest trapped: call stack exhausted"), run.err());
    }

    @Test
    void aGuestThatAllocatesForEverIsRefusedMemoryAndToldWhichFlagAllowsMore() {
        CommandRun run = CommandRun.of("run", "--max-memory", "32m", guest("allocate"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("unreachable"), run.err());
        assertTrue(run.err().contains("--max-memory"), run.err());
    }

    @Test
    void aComponentThatIsNoCommandIsToldFromWhatItExports() {
        CommandRun other = CommandRun.of("run", guest("no-run"));
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("exports no wasi:cli/run") && other.err().contains("greet"), other.err());

        CommandRun service = CommandRun.of("run", example("http-api/api.wasm"));
        assertEquals(1, service.exitCode());
        assertTrue(service.err().contains("`virga serve "), service.err());
    }

    @Test
    void eachUnmetImportIsListed() {
        CommandRun run = CommandRun.of("run", guest("unmet-imports"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("2 imports are not met"), run.err());
        assertTrue(run.err().contains("acme:db/store@1.0.0"), run.err());
        assertTrue(run.err().contains("wasi:clocks/monotonic-clock@0.9.0"), run.err());
    }

    @Test
    void aCoreModuleIsToldFromAComponent() {
        assertOneLine(CommandRun.of("run", guest("core")), 1, "wasm-tools component new");
        assertOneLine(CommandRun.of("run", guest("preview1")), 1, "WASI preview 1");
    }

    @Test
    void aFileThatIsNoComponentIsToldSo() throws IOException {
        assertOneLine(CommandRun.of("run", "nowhere.wasm"), 2, "nowhere.wasm: no such file");
        assertOneLine(CommandRun.of("run", folder.toString()), 2, "a directory");
        assertOneLine(CommandRun.of("run", file("empty", new byte[0])), 1, "only 0 bytes long");
        assertOneLine(CommandRun.of("run", file("text", "(component)  ".getBytes())), 1, "wasm-tools parse");
        assertOneLine(CommandRun.of("run", file("noise", "no WebAssembly".getBytes())), 1, "not WebAssembly");
    }

    @Test
    void aTruncatedComponentIsDamagedWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(HELLO));
        for (int length = 8; length < whole.length; length += whole.length / 16) {
            CommandRun run = CommandRun.of("run", file("cut", Arrays.copyOf(whole, length)));
            assertEquals(1, run.exitCode(), run.err());
            assertEquals(1, run.err().lines().count(), run.err());
            assertFalse(run.err().contains("internal error"), run.err());
        }
    }

    @Test
    void grantsThatMakeNoSenseAreUsageErrors() {
        assertOneLine(CommandRun.of("run", "--dir", "nowhere", HELLO), 2, "no such directory");
        assertOneLine(CommandRun.of("run", "--env", "=x", HELLO), 2, "NAME=VALUE");
        assertOneLine(CommandRun.of("run", "-S", "everything", HELLO), 2, "inherit-network");
        assertOneLine(CommandRun.of("run", "--allow-socket", "nonsense", HELLO), 2, "nonsense");
        assertOneLine(CommandRun.of("run", "--engine", "steam", HELLO), 2, "there are native and portable");
    }

    @Test
    void theEngineIsSaidOnlyIfThatIsAskedFor() {
        assertEquals("", CommandRun.of("run", HELLO, "exit", "0").err());
        assertEquals(
                "virga: " + HELLO + ": engine: portable" + System.lineSeparator(),
                CommandRun.of("run", "--engine", "portable", "--verbose", HELLO, "exit", "0").err());
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private static void assertOneLine(CommandRun run, int exitCode, String part) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("virga: ") && run.err().contains(part), run.err());
        assertEquals("", run.out());
    }
}
