package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ManifestFolderTest {

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("manifests"));
    }

    private TestHost host() {
        return new TestHost(temporary.resolve("data"), Optional.of(folder));
    }

    private static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {a: \"" + value + "\"}\n---\n";
    }

    private void write(String file, String text) throws IOException {
        Path part = Files.writeString(folder.resolve("." + file), text);
        Files.move(part, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean has(TestHost host, String name, String value) {
        return host.host().manifest(Kind.CONFIG_MAP, "default", name).filter(m -> m.toString().contains(value)).isPresent();
    }

    private static boolean has(TestHost host, String name) {
        return has(host, name, "");
    }

    private static void await(TestHost host, BooleanSupplier wanted) throws InterruptedException {
        long seen = -1;
        while (!wanted.getAsBoolean()) {
            seen = host.host().changes().after(seen, java.time.Duration.ofSeconds(5));
        }
    }

    @Test
    void whatStandsThereIsAppliedAndFollowed() throws Exception {
        write("a.yaml", configMap("a", "1") + configMap("b", "1"));
        try (TestHost host = host()) {
            assertTrue(has(host, "a", "1") && has(host, "b", "1"));
            write("c.yaml", configMap("c", "1"));
            await(host, () -> has(host, "c"));
            write("a.yaml", configMap("a", "2"));
            await(host, () -> has(host, "a", "2") && !has(host, "b"));
            Files.delete(folder.resolve("c.yaml"));
            await(host, () -> !has(host, "c"));
        }
    }

    @Test
    void whatWasAppliedByHandStays() throws Exception {
        write("a.yaml", configMap("a", "1"));
        try (TestHost host = host()) {
            host.apply(configMap("mine", "1"));
            Files.delete(folder.resolve("a.yaml"));
            await(host, () -> !has(host, "a"));
            assertTrue(has(host, "mine"));
        }
    }

    @Test
    void aBadFileIsReportedWithItsPlaceAndHoldsUpNoOther() throws Exception {
        write("a.yaml", configMap("a", "1"));
        try (TestHost host = host()) {
            write("a.yaml", configMap("a", "2") + "kind: Workload\n");
            write("b.yaml", configMap("b", "1"));
            await(host, () -> has(host, "b"));
            assertTrue(has(host, "a", "1"));
            awaitLog(host, "a.yaml:6:1: the required field apiVersion is missing");
            write("a.yaml", configMap("a", "3"));
            await(host, () -> has(host, "a", "3"));
        }
    }

    private static void awaitLog(TestHost host, String text) throws InterruptedException {
        while (!host.log().contains(text)) {
            Thread.sleep(2); // the log is written by another thread that nobody can wait for
        }
    }

    @Test
    void oneObjectInTwoFilesIsTheFirstOnes() throws Exception {
        write("a.yaml", configMap("a", "1"));
        write("b.yaml", configMap("a", "2"));
        try (TestHost host = host()) {
            assertTrue(has(host, "a", "1"));
            awaitLog(host, "b.yaml: ConfigMap default/a is already in a.yaml");
        }
    }

    @Test
    void whatVanishedWhileNoHostRanIsDeleted() throws Exception {
        write("a.yaml", configMap("a", "1"));
        write("b.yaml", configMap("b", "1"));
        try (TestHost host = host()) {
            assertTrue(has(host, "a") && has(host, "b"));
        }
        Files.delete(folder.resolve("a.yaml"));
        try (TestHost host = host()) {
            assertTrue(!has(host, "a") && has(host, "b"));
        }
    }

    @Test
    void aKindMayBeChangedForAnother() throws Exception {
        String workload = """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: w}
                spec: {components: [{name: a, image: "file:w.wasm"}]}
                """;
        write("w.yaml", workload);
        try (TestHost host = host()) {
            assertEquals("Workload", host.status("w").kind());
            write("w.yaml", workload.replace("kind: Workload", "kind: WorkloadReplicaSet")
                    .replace("spec: {", "spec: {template: {spec: {").replace("}]}", "}]}}}"));
            await(host, () -> host.host().status().stream().anyMatch(s -> s.kind().equals("WorkloadReplicaSet")));
        }
    }

    @Test
    void imagesAreSeenFromTheFolder() throws Exception {
        write("w.yaml", """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: w}
                spec: {components: [{name: a, image: "file:../w.wasm"}]}
                """);
        try (TestHost host = host()) {
            String message = host.await("w", s -> !s.message().isEmpty()).message();
            assertTrue(message.contains("file:" + temporary.resolve("w.wasm")), message);
        }
    }
}
