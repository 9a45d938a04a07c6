package dev.virga.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildCommandTest {

    private static final Path SERVE = Path.of("src/test/resources/guests/serve.wasm");

    @TempDir
    private Path project;

    private CommandRun build(Path source, String command, String... flags) throws Exception {
        Files.copy(source, project.resolve("source.wasm"));
        return build(command, flags);
    }

    private CommandRun build(String command, String... flags) throws Exception {
        Files.writeString(
                project.resolve("virga.yaml"), "build: {command: \"" + command + "\", component: out.wasm}\n");
        String[] line = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("build", "-C", project.toString()), java.util.Arrays.stream(flags))
                .toArray(String[]::new);
        return CommandRun.of(line);
    }

    @Test
    void aComponentIsToldWithSizeImportsAndExports() throws Exception {
        CommandRun run = build(SERVE, "echo begins; cp source.wasm out.wasm; echo warns >&2");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("begins\nwarns\n", run.err());
        assertTrue(run.out().startsWith(project.resolve("out.wasm") + ": component, 166 kB\nImports:\n"), run.out());
        assertTrue(run.out().contains("\nExports:\n  wasi:http/incoming-handler@0.2."), run.out());
        JsonNode json = new ObjectMapper().readTree(build("true", "--output", "json").out());
        assertEquals(Files.size(SERVE), json.get("size").asLong());
        assertEquals(1, json.get("exports").size());
    }

    @Test
    void aCommandForPreview1IsWrappedAndRuns() throws Exception {
        CommandRun run = build(Path.of(CommandRun.guest("preview1-hello")), "cp source.wasm out.wasm", "--output", "json");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(new ObjectMapper().readTree(run.out()).get("wrapped").asBoolean());
        CommandRun ran = CommandRun.of("run", project.resolve("out.wasm").toString());
        assertEquals("hello, preview 1\n", ran.out());
        assertEquals(1, ran.exitCode(), "WASI 0.2 knows success and failure only");
        CommandRun again = build("true", "--output", "json");
        assertEquals(0, again.exitCode(), again.err());
    }

    @Test
    void anotherCoreModuleIsToldWhatItLacks() throws Exception {
        CommandRun run = build(Path.of(CommandRun.guest("core")), "cp source.wasm out.wasm");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("core module") && run.err().contains("wasm-tools component new"), run.err());
    }

    @Test
    void whatIsNotOfTheWorldIsTold() throws Exception {
        Path wit = Files.createDirectory(project.resolve("wit"));
        Files.writeString(wit.resolve("world.wit"), """
                package a:b;
                world w {
                  export wasi:http/incoming-handler@0.2.0;
                  export run: func();
                }
                package wasi:http@0.2.0 {
                  interface incoming-handler {
                    handle: func(request: u32);
                    more: func();
                  }
                }
                """);
        CommandRun run = build(SERVE, "cp source.wasm out.wasm");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("not of the world a:b/w: it does not export run; "), run.err());
        assertTrue(run.err().contains("it lacks the function wasi:http/incoming-handler@0.2.0 more"), run.err());
        assertTrue(
                run.err().contains("handle is func[request, response-out] without a result and should be func[request]"),
                run.err());
    }

    @Test
    void aBuildThatFailsOrMakesNothingFails() throws Exception {
        CommandRun failed = build("exit 3");
        assertEquals(1, failed.exitCode());
        assertTrue(failed.err().contains("the build failed: `exit 3` ended with 3"), failed.err());
        CommandRun nothing = build("true");
        assertEquals(1, nothing.exitCode());
        assertTrue(nothing.err().contains("not made " + project.resolve("out.wasm")), nothing.err());
        assertTrue(nothing.err().contains("build.component"), nothing.err());
        assertEquals(2, CommandRun.of("build", "-C", project.resolve("none").toString()).exitCode());
    }

    @Test
    void aToolThatIsMissingIsToldWithWhatInstallsIt() throws Exception {
        String command = "PATH= ; componentize-py app";
        CommandRun run = build(command);
        assertEquals(1, run.exitCode());
        assertTrue(
                run.err().contains("componentize-py is not installed; install it: pip install componentize-py"), run.err());
        assertTrue(build("no-such-tool").err().contains("\nno-such-tool is not installed"), run.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "error[E0463]: can't find crate for `core`\\n = note: the `wasm32-wasip2` target may not be installed"
            + " | rustup target add wasm32-wasip2",
        "npm error npx canceled due to missing packages and no YES option | npm install",
        "build.sh: 4: wit-bindgen: not found | cargo install wit-bindgen-cli",
        "bash: line 1: tinygo: command not found | tinygo.org",
        "error: exec: \"wasm-tools\": executable file not found in $PATH | cargo install wasm-tools",
        "error: could not find wasm-opt, set the WASMOPT environment variable to override | apt install binaryen",
        "'cargo' is not recognized as an internal or external command | rustup",
    })
    void whatToolsComplainAboutIsUnderstood(String output, String hint) {
        assertTrue(Toolchains.hint(output.replace("\\n", "\n")).orElse("").contains(hint));
    }
}
