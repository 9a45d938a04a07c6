package dev.virga.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.host.manifest.ManifestParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewCommandTest {

    @TempDir
    private Path folder;

    static List<String> templates() {
        return Template.all().stream().map(Template::name).toList();
    }

    private CommandRun make(String... arguments) {
        return CommandRun.of(Stream.concat(Stream.of("new", "-C", folder.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void withoutATemplateAllAreListed() throws Exception {
        CommandRun run = make();
        assertEquals(0, run.exitCode());
        templates().forEach(name -> assertTrue(run.out().contains(name + " "), run.out()));
        JsonNode json = new ObjectMapper().readTree(make("--output", "json").out()).get("templates");
        assertEquals(templates().size(), json.size());
        assertEquals("rust-http", json.get(0).get("name").asText());
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateIsAProjectWithAllThatItNeeds(String name) throws Exception {
        CommandRun run = make(name, "--name", "my-app");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("cd " + folder.resolve("my-app")), run.out());
        Path project = folder.resolve("my-app");
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertFalse(text.contains("PROJECT_"), file + " has a placeholder");
            }
        }
        for (String file : List.of("README.md", ".gitignore", "virga.yaml", "wit/world.wit")) {
            assertTrue(Files.exists(project.resolve(file)), file);
        }
        assertFalse(Files.exists(project.resolve("template.yaml")));
        Project read = ProjectFiles.read(project);
        assertTrue(read.dev().watched().stream().allMatch(Files::exists), "it watches what is not there");
        Path manifest = ((DevManifest.File) read.dev().manifest()).path();
        assertEquals(1, ManifestParser.read(manifest).all().size());
        assertTrue(Files.readString(manifest).contains("file:" + project.relativize(read.component())));
        CommandRun check = CommandRun.of("wit", "check", project.resolve("wit").toString());
        assertEquals(0, check.exitCode(), check.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upper", "-a", "a-", "1st", "a_b", "..", "a/b", ""})
    void whatIsNoNameIsRefused(String name) throws Exception {
        CommandRun run = make("rust-http", "--name=" + name);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("for example my-app"), run.err());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void whatIsThereStays() throws Exception {
        Files.createDirectory(folder.resolve("app"));
        Files.writeString(folder.resolve("app/mine"), "mine");
        CommandRun run = make("rust-http", "--name", "app");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("exists already"), run.err());
        assertEquals("mine", Files.readString(folder.resolve("app/mine")));
    }

    @Test
    void anUnknownTemplateIsToldWithTheOneThatIsMeant() {
        CommandRun run = make("rust-htp");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("rust-http"), run.err());
        assertEquals(2, make("rust-http", "--git-ref", "main").exitCode());
    }
}
