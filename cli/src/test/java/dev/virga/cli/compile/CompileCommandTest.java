package dev.virga.cli.compile;

import static dev.virga.cli.CommandRun.example;
import static dev.virga.cli.CommandRun.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {

    private static final String HELLO = example("hello-cli/hello.wasm");

    /** {@code (module (func (export "f")))}, then what a custom section with a name of two bytes and 38 more begins with. */
    private static final String MODULE = "0061736d0100000001040160000003020100070501016600000a040102000b0029026964";

    @TempDir
    Path folder;

    private String file;

    /** A component whose core module nobody has compiled before, since its custom section is its own. */
    @BeforeEach
    void write() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] module = HexFormat.of().parseHex(MODULE);
        byte[] own = (UUID.randomUUID() + "..").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        out.writeBytes(HexFormat.of().parseHex("0061736d0d00010001"));
        out.write(module.length + own.length);
        out.writeBytes(module);
        out.writeBytes(own);
        file = Files.write(folder.resolve("own.wasm"), out.toByteArray()).toString();
    }

    @Test
    void theSecondTimeTheCodeIsThere() {
        CommandRun first = CommandRun.of("compile", "--engine", "portable", file);
        assertEquals(0, first.exitCode(), first.err());
        String expected = ": engine portable, \\d+ (bytes|kB) of code, compiled in \\d+\\.\\d\\d s\\R";
        assertTrue(first.out().matches("\\Q" + file + "\\E" + expected), first.out());
        CommandRun second = CommandRun.of("compile", "--engine", "portable", file);
        assertTrue(second.out().endsWith(" of code, already compiled" + System.lineSeparator()), second.out());
    }

    @Test
    void aRunFindsWhatWasCompiled() {
        assertEquals(0, CommandRun.of("run", HELLO, "exit", "0").exitCode());
        CommandRun compiled = CommandRun.of("compile", HELLO);
        assertTrue(compiled.out().contains("already compiled"), compiled.out() + compiled.err());
    }

    @Test
    void jsonIsOneDocumentForAllFiles() throws IOException {
        CommandRun run = CommandRun.of("compile", "--engine", "portable", "--output", "json", file, HELLO);
        JsonNode files = new ObjectMapper().readTree(run.out()).path("files");
        assertEquals(2, files.size());
        JsonNode own = files.get(0);
        assertEquals(file, own.path("file").asText());
        assertEquals("portable", own.path("engine").path("name").asText());
        assertTrue(own.path("engine").path("why").isNull());
        assertTrue(own.path("codeSize").asLong() > 0);
        assertTrue(own.path("seconds").isNumber());
        assertFalse(own.path("cached").asBoolean());
    }

    @Test
    void whatCannotBeCompiledIsOneLine() {
        assertOneLine(CommandRun.of("compile", "nowhere.wasm"), 2, "nowhere.wasm: no such file");
        assertOneLine(CommandRun.of("compile", guest("preview1")), 1, "not a component");
        assertOneLine(CommandRun.of("compile", "--engine", "steam", file), 2, "there are native and portable");
        assertEquals(2, CommandRun.of("compile").exitCode());
    }

    private static void assertOneLine(CommandRun run, int exitCode, String part) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(part), run.err());
    }
}
