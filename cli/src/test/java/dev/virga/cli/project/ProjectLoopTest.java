package dev.virga.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import dev.virga.cli.host.RunningHost;
import dev.virga.oci.TestRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * As a new user would: a project, changed while it runs, built, pushed, and applied to a host from the registry. With
 * the languages' real tools and the real docker-registry.
 */
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

    /** The project's own manifest, with the image that was pushed. */
    private static void deploy(Path project, String component) throws Exception {
        TestRegistry.assumeInstalled();
        Path file = project.resolve(component);
        try (TestRegistry registry = TestRegistry.start(Optional.empty())) {
            CommandRun push = CommandRun.of("oci", "push", "--output", "json", registry.address() + "/hello:1.0", file.toString());
            assertEquals(0, push.exitCode(), push.err());
            String digest = new ObjectMapper().readTree(push.out()).path("digest").asText();
            Path manifest = project.resolve("workload.yaml");
            String own = Files.readString(manifest);
            assertTrue(own.contains("file:" + component), own);
            String image = registry.address() + "/hello@" + digest;
            Files.writeString(manifest, own.replace("file:" + component, '"' + image + '"'));
            String data = project.resolve("data").toString();
            RunningHost host = new RunningHost(Path.of(data), "--plain-http-registry", registry.address());
            try {
                CommandRun apply = CommandRun.of("apply", "-f", manifest.toString(), "--wait", "--data", data);
                assertEquals(0, apply.exitCode(), apply.err());
                try (HttpClient client = HttpClient.newHttpClient()) {
                    HttpRequest request = HttpRequest.newBuilder(host.uri().resolve("/there")).build();
                    assertEquals("Hello again from /there\n", client.send(request, BodyHandlers.ofString()).body());
                }
            } finally {
                assertEquals(0, host.stop());
            }
        }
    }

    @Test
    void inRust() throws Exception {
        Path project = made("rust-http");
        GuestToolchain.rust(project);
        loop(project, "src/lib.rs", "{greeting} from");
        deploy(project, "target/wasm32-wasip2/release/hello.wasm");
    }

    @Test
    void inJavaScript() throws Exception {
        Path project = made("js-http");
        GuestToolchain.javaScript(project);
        loop(project, "app.js", "Hello from");
        deploy(project, "hello.wasm");
    }
}
