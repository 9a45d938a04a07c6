package dev.virga.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As a new user would: a project, changed while it runs, then built. With the languages' real tools. */
@Timeout(600)
class ProjectLoopTest {

    @TempDir
    private Path folder;

    private Path made(String template) {
        CommandRun run = CommandRun.of("new", template, "--name", "hello", "-C", folder.toString());
        assertEquals(0, run.exitCode(), run.err());
        return folder.resolve("hello");
    }

    private static void loop(Path project, String source, String text) throws Exception {
        try (RunningDev dev = new RunningDev(project)) {
            dev.awaitServedOrError(1);
            assertEquals("Hello from /here?x\n", dev.get("/here?x").body(), dev.err());
            Path file = project.resolve(source);
            Files.writeString(file, Files.readString(file).replace(text, text.replace("from", "again from")));
            dev.awaitServedOrError(2);
            assertEquals("Hello again from /here?x\n", dev.get("/here?x").body(), dev.err());
        }
        CommandRun build = CommandRun.of("build", "-C", project.toString());
        assertEquals(0, build.exitCode(), build.err());
        assertTrue(build.out().contains("Exports:\n  wasi:http/incoming-handler@0.2."), build.out());
    }

    @Test
    void inRust() throws Exception {
        Path project = made("rust-http");
        GuestToolchain.rust(project);
        loop(project, "src/lib.rs", "{greeting} from");
    }

    @Test
    void inJavaScript() throws Exception {
        Path project = made("js-http");
        GuestToolchain.javaScript(project);
        loop(project, "app.js", "Hello from");
    }
}
