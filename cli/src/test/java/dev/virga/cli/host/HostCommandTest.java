package dev.virga.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One host for all, in which each test has a namespace of its own. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostCommandTest {

    private Path folder;
    private RunningHost host;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Files.copy(Path.of(CommandRun.example("http-api/api.wasm")), folder.resolve("api.wasm"));
        Files.copy(Path.of(CommandRun.guest("unmet-imports")), folder.resolve("unmet.wasm"));
        Files.copy(Path.of(CommandRun.guest("logger")), folder.resolve("logger.wasm"));
        Files.writeString(folder.resolve("broken.wasm"), "no component");
        host = new RunningHost(folder.resolve("data"), "--image-dir", folder.toString());
    }

    @AfterAll
    void stop() throws Exception {
        assertEquals(0, host.stop());
    }

    private CommandRun virga(String... args) {
        return virgaWithInput("", args);
    }

    private CommandRun virgaWithInput(String input, String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return CommandRun.withInput(input, all.toArray(String[]::new));
    }

    private String manifest(String namespace, String image) throws Exception {
        Path file = folder.resolve(namespace + ".yaml");
        Files.writeString(file, """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: api, namespace: %s}
                spec: {replicas: 2, template: {spec: {components: [{name: api, image: "%s"}]}}}
                """.formatted(namespace, image));
        return file.toString();
    }

    private static void assertIn(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    @Test
    void whatIsAppliedRunsAndIsShown() throws Exception {
        CommandRun applied = virga("apply", "-f", manifest("shown", "file:api.wasm"), "--wait");
        assertEquals("""
                WorkloadDeployment shown/api created
                WorkloadDeployment shown/api running
                """, applied.out(), applied.err());
        assertEquals(0, applied.exitCode());
        List<String> rows = virga("get", "wd", "-n", "shown").out().lines().toList();
        assertTrue(rows.get(0).matches("NAME +READY +PHASE +RESTARTS +AGE +ROUTES +MESSAGE"), rows.get(0));
        assertTrue(rows.get(1).matches("api +2/2 +Running +0 +\\d+s +api\\.shown\\.localhost/"), rows.get(1));
        assertEquals(rows.get(0).indexOf("PHASE"), rows.get(1).indexOf("Running"));
        assertIn(folder.resolve("api.wasm").toString(), virga("get", "-n", "shown", "-o", "wide").out());
        assertIn("shown", virga("get", "workloaddeployments", "-A").out());
        String described = virga("describe", "wd", "api", "-n", "shown").out();
        assertIn("2 wanted, 2 ready, 2 updated", described);
        assertIn("AllReady", described);
    }

    @Test
    void toolsGetJsonAndWhatIsShownAsYamlCanBeAppliedAgain() throws Exception {
        virga("apply", "-f", manifest("tools", "file:api.wasm"), "--wait");
        var one = new ObjectMapper().readTree(virga("get", "wd", "api", "-n", "tools", "-o", "json").out());
        assertEquals("Running", one.path("status").path("phase").asText());
        String yaml = virga("get", "wd", "api", "-n", "tools", "-o", "yaml").out();
        assertIn("tools/api unchanged", virgaWithInput(yaml, "apply", "-f", "-").out());
        CommandRun missing = virga("describe", "wd", "none", "-n", "tools", "--output", "json");
        assertEquals(1, missing.exitCode());
        assertIn("there is no", new ObjectMapper().readTree(missing.err()).path("error").path("message").asText());
    }

    @Test
    void whatCannotRunFailsWithOneClearErrorAndTheRestGoesOn() throws Exception {
        virga("apply", "-f", manifest("good", "file:api.wasm"), "--wait");
        assertFails("missing", "file:none.wasm", "none.wasm: there is no such file on the host");
        assertFails("broken", "file:broken.wasm", "broken.wasm: ");
        assertFails("unmet", "file:unmet.wasm", "acme:db/store");
        assertFails("ungranted", "file:logger.wasm", "add to hostInterfaces: {namespace: wasi, package: logging");
        assertFails("outside", "file:/etc/hostname", "allow more with --image-dir");
        assertFails("registry", "127.0.0.1:9/a@sha256:" + "0".repeat(64), "127.0.0.1:9");
        assertIn("Running", virga("get", "-n", "good").out());
    }

    private void assertFails(String namespace, String image, String why) throws Exception {
        CommandRun run = virga("apply", "-f", manifest(namespace, image), "--wait");
        assertEquals(1, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertIn("WorkloadDeployment " + namespace + "/api failed: ", run.err());
        assertIn(why, run.err());
        assertIn(why, virga("get", "-n", namespace).out());
        assertIn(why, virga("logs", "api", "-n", namespace, "--tail", "1").out());
    }

    @Test
    void whatWasRepairedStartsWhenItIsAppliedAgain() throws Exception {
        String manifest = manifest("repaired", "file:later.wasm");
        assertEquals(1, virga("apply", "-f", manifest, "--wait").exitCode());
        Files.copy(folder.resolve("api.wasm"), folder.resolve("later.wasm"));
        CommandRun again = virga("apply", "-f", manifest, "--wait");
        assertIn("unchanged", again.out());
        assertEquals(0, again.exitCode(), again.err());
    }

    @Test
    void manifestsThatAreWrongAreToldWithLineAndColumn() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "apiVersion: v1\nkind: Secret\nmetadata: {nme: x}\n");
        CommandRun run = virga("apply", "-f", file.toString());
        assertEquals(1, run.exitCode());
        assertIn(file + ":3:12: metadata.nme: unknown field; did you mean name?", run.err());
        assertEquals(2, virga("apply", "-f", "nowhere.yaml").exitCode());
    }

    @Test
    void itIsScaledAndDeleted() throws Exception {
        String manifest = manifest("scaled", "file:api.wasm");
        virga("apply", "-f", manifest, "--wait");
        assertEquals("WorkloadDeployment scaled/api scaled to 0\n",
                virga("scale", "wd", "api", "-n", "scaled", "--replicas", "0").out());
        assertEquals(2, virga("scale", "wd", "api", "-n", "scaled", "--replicas", "x").exitCode());
        assertEquals("WorkloadDeployment scaled/api deleted\n", virga("delete", "-f", manifest).out());
        CommandRun again = virga("delete", "wd", "api", "-n", "scaled");
        assertEquals(1, again.exitCode());
        assertEquals("virga: there is no WorkloadDeployment scaled/api\n", again.err());
    }

    @Test
    void kindsThatThereAreNotAndHalvesOfNamesAreUsageErrors() {
        CommandRun run = virga("get", "workloaddeploymnt");
        assertEquals(2, run.exitCode());
        assertIn("did you mean workloaddeployment?", run.err());
        assertEquals(2, virga("delete").exitCode());
        assertEquals(2, virga("delete", "wd").exitCode());
    }

    @Test
    void aSecondHostOnTheFolderIsRefused() {
        CommandRun run = virga("host", "--addr", "127.0.0.1:0");
        assertEquals(1, run.exitCode());
        assertIn("another host runs on the folder", run.err());
    }

    @Test
    void withoutAHostTheErrorSaysHowToStartOne() {
        CommandRun run = CommandRun.of("get", "--data", folder.resolve("nobody").toString());
        assertEquals(1, run.exitCode());
        assertIn("start one with `virga host`", run.err());
    }
}
