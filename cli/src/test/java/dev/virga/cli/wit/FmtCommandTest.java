package dev.virga.cli.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {

    private static final String UGLY = "package a:b;interface i{f:func();}";
    private static final String NEAT = "package a:b;\n\ninterface i {\n  f: func();\n}\n";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void filesAreRewrittenAndNamed() throws IOException {
        Path wit = write("a.wit", UGLY);
        Path doc = write("a.md", "# A\n\n```wit\n" + UGLY + "\n```\n");
        CommandRun run = CommandRun.of("wit", "fmt", wit.toString(), doc.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("formatted " + wit + "\nformatted " + doc + "\n", run.out());
        assertEquals(NEAT, Files.readString(wit));
        assertEquals("# A\n\n```wit\n" + NEAT + "```\n", Files.readString(doc));
        CommandRun again = CommandRun.of("wit", "fmt", wit.toString(), doc.toString());
        assertEquals(0, again.exitCode());
        assertEquals("", again.out());
    }

    @Test
    void checkChangesNothingAndListsWhatWouldChange() throws IOException {
        Path ugly = write("ugly.wit", UGLY);
        write("neat.wit", NEAT);
        CommandRun run = CommandRun.of("wit", "fmt", "--check", folder.toString());
        assertEquals(1, run.exitCode());
        assertEquals(ugly + "\n", run.out());
        assertEquals(UGLY, Files.readString(ugly));
        Files.delete(ugly);
        assertEquals(0, CommandRun.of("wit", "fmt", "--check", folder.toString()).exitCode());
    }

    @Test
    void foldersAreSearchedButNotTheFilesOfOthers() throws IOException {
        Path one = write("x/one.wit", UGLY);
        Path two = write("x/y/two.md", "```wit\n" + UGLY + "\n```\n");
        List<Path> others = List.of(write("x/deps/d.wit", UGLY), write(".git/h.wit", UGLY), write("node_modules/n.wit", UGLY),
                write("x/a.txt", UGLY));
        CommandRun run = CommandRun.of("wit", "fmt", folder.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("formatted " + one + "\nformatted " + two + "\n", run.out());
        for (Path other : others) {
            assertEquals(UGLY, Files.readString(other));
        }
        // Whoever names one means it.
        assertEquals(0, CommandRun.of("wit", "fmt", folder.resolve("x/deps").toString()).exitCode());
        assertEquals(NEAT, Files.readString(others.getFirst()));
    }

    @Test
    void malformedFilesAreLeftAloneAndReportedWithTheirPlace() throws IOException {
        Path bad = write("bad.wit", "interface i {\n  f func();\n}\n");
        Path doc = write("bad.md", "# A\n\n```wit\n...\n```\n");
        Path bytes = Files.write(folder.resolve("bytes.wit"), new byte[] {'a', (byte) 0xff});
        Path good = write("good.wit", UGLY);
        CommandRun run = CommandRun.of("wit", "fmt", folder.toString());
        assertEquals(1, run.exitCode());
        assertEquals(List.of(
                        doc + ":4:1: expected 'interface', 'world', 'use' or 'package', found '.'",
                        bad + ":2:5: expected ':' and a function's type after 'f', found the keyword 'func'",
                        bytes + ":1:1: the file is not UTF-8"),
                run.err().lines().toList());
        assertEquals("interface i {\n  f func();\n}\n", Files.readString(bad));
        assertEquals("# A\n\n```wit\n...\n```\n", Files.readString(doc));
        assertEquals(NEAT, Files.readString(good));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(4, left.count(), "nothing else is left");
        }
    }

    @Test
    void standardInputGoesToStandardOutput() {
        CommandRun run = CommandRun.withInput(UGLY, "wit", "fmt", "-");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(NEAT, run.out());
        assertEquals(NEAT, CommandRun.withInput(NEAT, "wit", "fmt", "-").out());
        CommandRun check = CommandRun.withInput(UGLY, "wit", "fmt", "--check", "-");
        assertEquals(1, check.exitCode());
        assertEquals("<stdin>\n", check.out());
        CommandRun bad = CommandRun.withInput("interface", "wit", "fmt", "-");
        assertEquals(1, bad.exitCode());
        assertEquals("", bad.out());
        assertTrue(bad.err().startsWith("<stdin>:1:10: "), bad.err());
    }

    @Test
    void theSameAsJson() throws IOException {
        Path ugly = write("a.wit", UGLY);
        Path bad = write("b.wit", "interface");
        CommandRun run = CommandRun.of("wit", "fmt", "--check", "--output", "json", folder.toString());
        assertEquals(1, run.exitCode());
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertEquals(ugly.toString(), json.at("/files/0/file").asText());
        assertTrue(json.at("/files/0/changed").asBoolean());
        assertEquals(bad.toString(), json.at("/problems/0/file").asText());
        assertEquals(10, json.at("/problems/0/column").asInt());
        JsonNode input = new ObjectMapper().readTree(
                CommandRun.withInput(UGLY, "wit", "fmt", "--output=json", "-").out());
        assertEquals(NEAT, input.at("/files/0/text").asText());
    }

    @Test
    void whatIsNoInputIsBadUsage() throws IOException {
        Path text = write("a.txt", UGLY);
        for (String[] args : new String[][] {
            {"wit", "fmt"}, {"wit", "fmt", "nowhere.wit"}, {"wit", "fmt", text.toString()}, {"wit", "fmt", "-", "a.wit"},
            {"wit", "fmt", "--chek", text.toString()}
        }) {
            CommandRun run = CommandRun.of(args);
            assertEquals(2, run.exitCode(), String.join(" ", args));
            assertTrue(run.err().startsWith("virga: "), run.err());
        }
    }

    @Test
    void linksAndPermissionsStay() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "skipped: no POSIX file system");
        Path file = write("real/a.wit", UGLY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x---"));
        Path link = Files.createSymbolicLink(folder.resolve("link.wit"), file);
        assertEquals(0, CommandRun.of("wit", "fmt", link.toString()).exitCode());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(NEAT, Files.readString(file));
        assertEquals("rw-r-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void theDocumentsHereAreFormatted() {
        CommandRun run = CommandRun.of("wit", "fmt", "--check", Path.of("..", "docs").toString(), Path.of("..", "README.md").toString());
        assertEquals(0, run.exitCode(), run.out() + run.err());
    }

    @Test
    void whatIsFormattedIsNotWritten() throws IOException {
        Path file = write("a.wit", NEAT);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertEquals(0, CommandRun.of("wit", "fmt", file.toString()).exitCode());
        assertEquals(FileTime.fromMillis(1_000_000), Files.getLastModifiedTime(file));
        assertFalse(Files.exists(folder.resolve("a.wit.tmp")));
    }
}
