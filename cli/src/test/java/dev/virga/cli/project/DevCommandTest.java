package dev.virga.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The project's source is a component already, and building copies it. */
@Timeout(120)
class DevCommandTest {

    private static final Path GUEST = Path.of("src/test/resources/guests/serve.wasm");

    @TempDir
    private Path project;

    private Path source;

    @BeforeEach
    void aProject() throws Exception {
        source = Files.createDirectory(project.resolve("src")).resolve("source.wasm");
        says("awake");
        Files.writeString(project.resolve("virga.yaml"), """
                build:
                  command: cp src/source.wasm out.wasm && echo copied
                  component: out.wasm
                dev: {watch: [src]}
                manifest: workload.yaml
                """);
        manifest("{}");
    }

    /** Changes the source so that `/sleep` answers with this word of five letters. */
    private void says(String word) throws Exception {
        String latin = new String(Files.readAllBytes(GUEST), StandardCharsets.ISO_8859_1);
        Files.write(project.resolve("part"), latin.replace("awake", word).getBytes(StandardCharsets.ISO_8859_1));
        Files.move(project.resolve("part"), source, StandardCopyOption.REPLACE_EXISTING);
    }

    private void manifest(String resources) throws Exception {
        Files.writeString(project.resolve("workload.yaml"), """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: app}
                spec:
                  template:
                    spec:
                      components: [{name: http, image: "file:out.wasm", localResources: RESOURCES}]
                virga:
                  ingress: {routes: [{host: "*", path: /, component: http}]}
                """.replace("RESOURCES", resources));
    }

    @Test
    void whatIsSavedIsServedAndNoRequestIsLost() throws Exception {
        try (RunningDev dev = new RunningDev(project)) {
            dev.awaitServed(1);
            assertEquals("awake", dev.get("/sleep?1").body());
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            FutureTask<Void> asking = new FutureTask<>(() -> {
                while (!done.get()) {
                    var answer = dev.get("/sleep?20");
                    assertEquals(200, answer.statusCode(), answer.body());
                    answered.incrementAndGet();
                }
                return null;
            });
            Thread.ofVirtual().start(asking);
            List<String> words = List.of("risen", "early", "alert");
            for (int i = 0; i < words.size(); i++) {
                says(words.get(i));
                dev.awaitServed(i + 2);
                assertEquals(words.get(i), dev.get("/sleep?1").body());
            }
            done.set(true);
            asking.get();
            assertTrue(answered.get() > 0);
            String told = dev.await("GET /sleep?1 HTTP/");
            assertTrue(told.contains("copied\n") && told.contains("changed: src/source.wasm"), told);
        }
    }

    @Test
    void aBuildThatFailsIsShownAndWhatRanGoesOn() throws Exception {
        try (RunningDev dev = new RunningDev(project)) {
            dev.awaitServed(1);
            Files.writeString(source, "no component");
            dev.await("not WebAssembly");
            assertEquals("awake", dev.get("/sleep?1").body());
            Files.delete(source);
            dev.await("the build failed: `cp src/source.wasm");
            assertEquals("awake", dev.get("/sleep?1").body());
            says("risen");
            dev.awaitServed(2);
            assertEquals("risen", dev.get("/sleep?1").body());
        }
    }

    @Test
    void aBacktraceHasALineForEachFrame() throws Exception {
        try (RunningDev dev = new RunningDev(project)) {
            dev.awaitServed(1);
            assertEquals(500, dev.get("/trap").statusCode());
            String told = dev.await("the guest trapped: unreachable\n    at ");
            assertTrue(told.contains("WARN http: ") && told.contains("on purpose"), told);
        }
    }

    @Test
    void aRefusalNamesTheLineThatGrantsItAndTheManifestIsFollowed() throws Exception {
        try (RunningDev dev = new RunningDev(project)) {
            dev.awaitServed(1);
            assertTrue(dev.get("/proxy?http://example.invalid:81/").body().contains("HttpRequestDenied"));
            dev.await("http: outgoing HTTP refused: request to http://example.invalid:81 (add to localResources of http"
                    + " in the manifest: allowedHosts: [\"http://example.invalid:81\"])");
            manifest("{allowedHosts: [\"http://example.invalid:81\"]}");
            dev.await("ms after the change");
            assertFalse(dev.get("/proxy?http://example.invalid:81/").body().contains("HttpRequestDenied"));
        }
    }

    @Test
    void aTraceHasArgumentsResultsAndTimes() throws Exception {
        try (RunningDev dev = new RunningDev(project, "--trace")) {
            dev.awaitServed(1);
            dev.get("/target?a");
            String told = dev.await("[static]outgoing-body.finish");
            assertTrue(told.matches("(?s).*wasi:http/types@\\S+ \\[method]incoming-request.path-with-query"
                    + "\\(incoming-request#\\w+\\) -> \"/target\\?a\"  \\d+ (µs|ms)\n.*"), told);
        }
    }

    @Test
    void withoutAManifestOneIsMadeAndShown() throws Exception {
        Files.writeString(project.resolve("virga.yaml"), """
                build: {command: cp src/source.wasm out.wasm, component: out.wasm}
                """);
        try (RunningDev dev = new RunningDev(project)) {
            dev.awaitServed(1);
            assertEquals("awake", dev.get("/sleep?1").body());
            assertTrue(dev.err().contains("    kind: WorkloadDeployment\n"), dev.err());
            says("risen");
            dev.awaitServed(2);
            assertEquals("risen", dev.get("/sleep?1").body());
        }
    }

    @Test
    void theProjectsFileIsFollowed() throws Exception {
        try (RunningDev dev = new RunningDev(project)) {
            dev.awaitServed(1);
            Path file = project.resolve("virga.yaml");
            String before = Files.readString(file);
            Files.writeString(file, "build: 1");
            dev.await("virga.yaml:1:8: build: expected an object");
            Files.writeString(file, before.replace("echo copied", "echo copied anew"));
            dev.await("copied anew\n");
            dev.awaitServed(2);
        }
    }
}
