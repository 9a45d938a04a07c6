package dev.virga.cli.compose;

import static dev.virga.cli.CommandRun.example;
import static dev.virga.cli.CommandRun.guest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.Definition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeCommandTest {

    private static final String REPORT = guest("report");
    private static final String STORE = guest("store");

    @TempDir
    Path folder;

    private String out;

    @BeforeEach
    void name() {
        out = folder.resolve("out.wasm").toString();
    }

    private CommandRun compose(String... rest) {
        List<String> all = new ArrayList<>(List.of("compose", "-o", out));
        all.addAll(List.of(rest));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private void assertRefused(CommandRun run, int exitCode, String part) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("virga: ") && run.err().contains(part), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(Path.of(out)), "nothing is written");
    }

    @Test
    void theResultRunsAndIsToldOf() throws IOException {
        CommandRun run = compose(REPORT, "--with", STORE);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                """
                %s: component, %d bytes
                  %s imports acme:db/store@1.0.0 from %s (acme:db/store@1.1.0)
                  exports wasi:cli/run@0.2.0 of %s
                  still imports wasi:cli/exit@0.2.9
                """
                        .formatted(out, Files.size(Path.of(out)), REPORT, STORE, REPORT),
                run.out().replace(System.lineSeparator(), "\n"));
        assertEquals(7, CommandRun.of("run", out).exitCode());
        assertTrue(CommandRun.of("inspect", out).out().contains("processed-by: virga "));
    }

    @Test
    void theSameAsJson() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(compose("--output", "json", REPORT, "--with", "acme:db=" + STORE).out());
        assertEquals(Files.size(Path.of(out)), json.path("size").asLong());
        assertEquals("acme:db/store@1.0.0", json.path("links").path(0).path("import").asText());
        assertEquals(STORE, json.path("links").path(0).path("from").asText());
        assertEquals("wasi:cli/run@0.2.0", json.path("exports").path(0).path("name").asText());
        assertEquals("wasi:cli/exit@0.2.9", json.path("imports").path(0).asText());
    }

    /** The example, taken apart and composed again. */
    @Test
    void componentsOfDifferentLanguagesAreComposed() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(example("composed/composed.wasm")));
        List<String> parts = new ArrayList<>();
        for (Definition definition : ComponentDecoder.decode(whole).definitions()) {
            if (definition instanceof Definition.Component(int _, var nested)) {
                parts.add(Files.write(
                                folder.resolve("part" + parts.size() + ".wasm"),
                                Arrays.copyOfRange(whole, nested.start(), nested.end()))
                        .toString());
            }
        }
        assertEquals(2, parts.size());
        boolean rootIsFirst = CommandRun.of("inspect", parts.getFirst()).out().contains("export wasi:cli/run");
        List<String> ordered = rootIsFirst ? parts : parts.reversed();
        CommandRun run = compose(ordered.getFirst(), "--with", ordered.getLast());
        assertEquals(0, run.exitCode(), run.err());
        CommandRun again = CommandRun.of("run", out, "the", "quick", "brown", "fox");
        assertEquals(CommandRun.of("run", example("composed/composed.wasm"), "the", "quick", "brown", "fox"), again);
        assertEquals(0, again.exitCode(), again.err());
    }

    @Test
    void runAndServeTakeTheSamePlugs() {
        assertEquals(7, CommandRun.of("run", "--with", "acme:db/store=" + STORE, REPORT).exitCode());
        CommandRun wrong = CommandRun.of("run", "--with", "acme:dbs=" + STORE, REPORT);
        assertRefused(wrong, 1, "nothing imports \"acme:dbs\"");
        assertEquals(wrong.err(), CommandRun.of("serve", "--with", "acme:dbs=" + STORE, REPORT).err());
        assertEquals(wrong.err(), compose(REPORT, "--with", "acme:dbs=" + STORE).err());
    }

    @Test
    void aFileIsReplacedAtOnceAndOnlyBySuccess() throws IOException {
        Files.writeString(Path.of(out), "before");
        assertEquals(1, compose(STORE, "--with", REPORT).exitCode());
        assertEquals("before", Files.readString(Path.of(out)));
        assertEquals(0, compose(REPORT, "--with", STORE).exitCode());
        byte[] first = Files.readAllBytes(Path.of(out));
        assertEquals(0, compose(REPORT, "--with", STORE).exitCode());
        assertArrayEquals(first, Files.readAllBytes(Path.of(out)));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(Path.of(out)), files.toList());
        }
    }

    @Test
    void theSameFileIsOneInstanceHoweverItIsWritten() {
        CommandRun run = compose(REPORT, "--with", STORE, "--with", STORE.replace("guests/", "guests/../guests/"));
        assertRefused(run, 1, "given twice");
    }

    @Test
    void whatIsNoComponentIsToldWithItsName() throws IOException {
        assertRefused(compose(REPORT, "--with", guest("core")), 1, "a core module, not a component");
        assertRefused(compose(guest("core"), "--with", STORE), 1, "a core module, not a component");
        assertRefused(compose(REPORT, "--with", "nowhere.wasm"), 2, "nowhere.wasm: no such file");
        assertRefused(compose("nowhere.wasm", "--with", STORE), 2, "nowhere.wasm: no such file");
        assertRefused(compose(REPORT, "--with", folder.toString()), 2, "a directory");
        String text = Files.writeString(folder.resolve("text.wat"), "(component)    ").toString();
        assertRefused(compose(REPORT, "--with", text), 1, "wasm-tools parse");
    }

    @Test
    void aDamagedPartIsToldWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(STORE));
        Path cut = folder.resolve("cut.wasm");
        // behind the middle there are names, without which it is whole all the same
        for (int length = 8; length < whole.length / 2; length += 7) {
            Files.write(cut, Arrays.copyOf(whole, length));
            CommandRun run = compose(REPORT, "--with", "acme:db/store=" + cut);
            assertEquals(1, run.exitCode(), run.err());
            assertTrue(run.err().contains("cut.wasm"), run.err());
        }
    }

    @Test
    void aFileThatIsTooLongIsNotRead() throws IOException {
        Path huge = folder.resolve("huge.wasm");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertRefused(compose(REPORT, "--with", huge.toString()), 2, "longer than 256 MiB");
    }

    @Test
    void aCommandLineThatMakesNoSenseIsAUsageError() {
        assertRefused(CommandRun.of("compose", REPORT, "--with", STORE), 2, "--out");
        assertRefused(compose(REPORT), 2, "give --with");
        assertRefused(compose(REPORT, "--with", "=" + STORE), 2, "write FILE, or NAME=FILE");
        assertRefused(compose(REPORT, "--with", "acme:db="), 2, "write FILE, or NAME=FILE");
        assertRefused(compose(REPORT, "--with", "./a=b.wasm"), 2, "a path that holds =");
        assertRefused(
                CommandRun.of("compose", REPORT, "--with", STORE, "-o", folder.toString()), 2, "a directory; name a file");
        assertRefused(
                CommandRun.of("compose", REPORT, "--with", STORE, "-o", folder + "/no/out.wasm"), 2, "no such directory");
    }
}
