package dev.virga.cli.inspect;

import static dev.virga.cli.CommandRun.example;
import static dev.virga.cli.CommandRun.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    private static final String SERVICE = example("http-api/api.wasm");

    @Test
    void aComponentIsShownWithWhatItNeedsInWords() {
        CommandRun run = CommandRun.of("inspect", SERVICE);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("wasi:http/outgoing-handler"), run.out());
        assertTrue(run.out().contains("to send HTTP requests: grant with --allow-http"), run.out());
        assertTrue(run.out().contains("export wasi:http/incoming-handler"), run.out());
        assertTrue(run.out().contains("core module"), run.out());
        assertTrue(run.out().matches("(?s).*\nengine: (native|portable \\(native .*\\))\n.*"), run.out());
        assertTrue(run.out().contains("processed-by: wit-component"), run.out());
    }

    @Test
    void theSameAsJson() throws IOException {
        JsonNode json = new ObjectMapper().readTree(CommandRun.of("inspect", "--output", "json", SERVICE).out());
        assertEquals("component", json.path("kind").asText());
        assertEquals(Files.size(Path.of(SERVICE)), json.path("size").asLong());
        assertTrue(List.of("native", "portable").contains(json.path("engine").path("name").asText()));
        assertTrue(json.path("engine").has("why"));
        assertTrue(json.path("imports").size() > 5);
        assertTrue(json.path("exports").path(0).path("name").asText().startsWith("wasi:http/incoming-handler"));
        assertTrue(json.path("capabilities").findValuesAsText("grant").contains("--allow-http HOST[:PORT]"));
        assertTrue(json.path("wit").asText().contains("world "));
    }

    @Test
    void aCoreModuleIsShownTooWithAHintOnStandardError() {
        CommandRun run = CommandRun.of("inspect", guest("preview1"));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("wasi_snapshot_preview1 proc_exit (func)"), run.out());
        assertTrue(run.err().contains("WASI preview 1"), run.err());
    }

    @Test
    void whatCannotBeReadIsOneLine(@TempDir Path folder) throws IOException {
        assertEquals(2, CommandRun.of("inspect", "nowhere.wasm").exitCode());
        byte[] whole = Files.readAllBytes(Path.of(SERVICE));
        Path cut = Files.write(folder.resolve("cut.wasm"), java.util.Arrays.copyOf(whole, whole.length / 2));
        CommandRun run = CommandRun.of("inspect", cut.toString());
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("damaged or truncated"), run.err());
    }
}
