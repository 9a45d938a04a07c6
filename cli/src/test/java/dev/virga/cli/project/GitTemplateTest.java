package dev.virga.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitTemplateTest {

    @TempDir
    private Path folder;

    private Path repository;

    @BeforeEach
    void aRepository() throws Exception {
        assumeTrue(isGitHere(), "git is not installed");
        repository = Files.createDirectory(folder.resolve("origin"));
        git("init", "-q", "-b", "main");
        Path template = Files.createDirectories(repository.resolve("templates/hello_http/.wash"));
        Files.writeString(template.resolve("config.yaml"), "build: {command: touch built}\nnew: {command: touch ran}\n");
        Path script = Files.writeString(template.getParent().resolve("run.sh"), "#!/bin/sh\n");
        assertTrue(script.toFile().setExecutable(true));
        Files.createSymbolicLink(template.resolve("up"), Path.of("../run.sh"));
        commit("one");
        git("tag", "v1");
        Files.writeString(template.getParent().resolve("two"), "2");
        commit("two");
    }

    private static boolean isGitHere() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(repository.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    private void commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    private CommandRun make(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of("new", "-C", folder.toString(), "file://" + repository), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void aFolderOfARepositoryBecomesAProject() throws Exception {
        CommandRun run = make("--subfolder", "templates/hello_http/");
        assertEquals(0, run.exitCode(), run.err());
        Path project = folder.resolve("hello-http");
        assertEquals("touch built", ProjectFiles.read(project).command());
        assertTrue(Files.isExecutable(project.resolve("run.sh")));
        assertEquals(Path.of("../run.sh"), Files.readSymbolicLink(project.resolve(".wash/up")));
        assertTrue(Files.exists(project.resolve("two")));
        assertFalse(Files.exists(project.resolve("ran")), "what a template asks to run is not run");
        assertFalse(Files.exists(project.resolve(".git")));
    }

    @Test
    void aRefIsTaken() {
        CommandRun run = make("--subfolder", "templates/hello_http", "--git-ref", "v1", "--name", "old");
        assertEquals(0, run.exitCode(), run.err());
        assertFalse(Files.exists(folder.resolve("old/two")));
    }

    @ParameterizedTest
    @CsvSource({
        "../../../../etc/passwd",
        "/etc/passwd",
        "..",
        "../../../x",
        "run.sh/../../../..",
        ".git/config",
    })
    void aLinkThatLeadsOutIsRefused(String target) throws Exception {
        Files.createSymbolicLink(repository.resolve("templates/hello_http/.wash/out"), Path.of(target));
        commit("link");
        CommandRun run = make("--subfolder", "templates/hello_http");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("has the link \".wash/out\" out of the folder, to \"" + target), run.err());
        assertFalse(Files.exists(folder.resolve("hello-http")));
    }

    /** The tree is made by hand, as git itself writes none like that. */
    @ParameterizedTest
    @ValueSource(strings = {"..", ".git", ".GIT", "a\\b", "a\nb"})
    void aNameThatLeadsOutIsRefused(String name) throws Exception {
        Process hash = new ProcessBuilder("git", "hash-object", "-w", "-t", "blob", "--stdin").directory(repository.toFile()).start();
        hash.getOutputStream().close();
        byte[] blob = java.util.HexFormat.of().parseHex(new String(hash.getInputStream().readAllBytes()).strip());
        Process tree = new ProcessBuilder("git", "hash-object", "-w", "-t", "tree", "--literally", "--stdin")
                .directory(repository.toFile())
                .start();
        tree.getOutputStream().write(("100644 " + name + "\0").getBytes());
        tree.getOutputStream().write(blob);
        tree.getOutputStream().close();
        String id = new String(tree.getInputStream().readAllBytes()).strip();
        Process made = new ProcessBuilder("git", "-c", "user.name=t", "-c", "user.email=t@e", "commit-tree", id, "-m", "x")
                .directory(repository.toFile())
                .start();
        git("update-ref", "refs/heads/evil", new String(made.getInputStream().readAllBytes()).strip());
        CommandRun run = make("--git-ref", "evil");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("unsafe name") || run.err().contains("git fetch failed"), run.err());
        assertFalse(Files.exists(folder.resolve("origin/../b")));
    }

    @Test
    void whatIsNotThereIsTold() {
        assertEquals(1, make("--subfolder", "nowhere").exitCode());
        CommandRun ref = make("--git-ref", "nowhere");
        assertEquals(1, ref.exitCode());
        assertTrue(ref.err().contains("git fetch failed: "), ref.err());
        assertEquals(2, make("--git-ref", "--upload-pack=touch x").exitCode());
        assertEquals(2, make("--subfolder", "../x").exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext::sh -c x", "--upload-pack=x", "-oProxyCommand=x@h:y", "ssh://-oProxyCommand=x/y"})
    void whatWouldRunACommandIsNoUrl(String url) {
        assertFalse(GitTemplate.isUrl(url));
    }
}
