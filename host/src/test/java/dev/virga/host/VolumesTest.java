package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Directories of a workload's components. */
@Timeout(120)
class VolumesTest {

    private static final String APP = "app.localhost";

    @TempDir
    private Path data;

    @TempDir
    private Path shared;

    private static String workload(String volume) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: app}
                spec:
                  template:
                    spec:
                      components:
                        - name: api
                          image: file:GUESTS/api.wasm
                          localResources: {volumeMounts: [{name: v, mountPath: /data}]}
                        - name: rules
                          image: file:GUESTS/rules.wasm
                          localResources: {volumeMounts: [{name: v, mountPath: /mine, readOnly: true}]}
                      volumes:
                        - {name: v, VOLUME}
                """.replace("GUESTS", TestHost.GUESTS.toString()).replace("VOLUME", volume);
    }

    private static Status applied(TestHost host, String manifest) throws InterruptedException {
        host.apply(manifest);
        return host.await("app", s -> s.phase().equals("Running") || s.phase().equals("Error"));
    }

    private List<Path> replicaFolders() throws IOException {
        Path folder = data.resolve("volumes");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.toList();
        }
    }

    @Test
    void anEphemeralVolumeIsSharedByTheComponentsAndGoesWithItsReplica() throws Exception {
        try (TestHost host = new TestHost(data)) {
            applied(host, workload("ephemeral: {}"));
            host.assertAnswer(200, "written", APP, "/write/%2Fdata%2Fnote=hello");
            host.assertAnswer(200, "hello", APP, "/rules-file/%2Fmine%2Fnote");
            assertEquals(1, replicaFolders().size());
            host.apply(workload("ephemeral: {}").replace("app}\n", "app, labels: {a: b}}\n").replace("/mine", "/ours"));
            host.awaitAnswer(APP, "/rules-file/%2Fours%2Fnote", a -> a.body().equals("no such file"));
            host.await("app", s -> s.phase().equals("Running") && s.revision() == 2);
            assertEquals(1, replicaFolders().size());
            host.delete(Kind.WORKLOAD_DEPLOYMENT, "app");
            assertEquals(List.of(), replicaFolders());
        }
    }

    @Test
    void whatAnEphemeralVolumeHoldsIsBounded() throws Exception {
        try (TestHost host = new TestHost(data)) {
            applied(host, workload("ephemeral: {}") + "virga: {limits: {ephemeralStorage: 5Ki}}\n");
            host.assertAnswer(200, "written", APP, "/write/%2Fdata%2Fnote=hello");
            assertEquals(500, host.get(APP, "/write/%2Fdata%2Fother=hello").status());
            host.awaitLog("raise virga.limits.ephemeralStorage");
            host.assertAnswer(200, "written", APP, "/write/%2Fdata%2Fnote=again");
        }
    }

    @Test
    void whatAKilledHostLeftIsGone() throws Exception {
        Path left = Files.createDirectories(data.resolve("volumes/default.app-1/v"));
        Files.writeString(left.resolve("note"), "of another life");
        Files.createSymbolicLink(left.resolve("link"), shared);
        Files.writeString(shared.resolve("kept"), "");
        try (TestHost host = new TestHost(data)) {
            applied(host, workload("ephemeral: {}"));
            host.assertAnswer(500, "no such file", APP, "/rules-file/%2Fmine%2Fnote");
        }
        assertTrue(Files.exists(shared.resolve("kept")));
    }

    @Test
    void aFolderOfTheHostIsSeenWhereItIsAllowed() throws Exception {
        Path folder = Files.createDirectory(shared.resolve("in"));
        Files.writeString(folder.resolve("note"), "from the host");
        try (TestHost host = new TestHost(data, List.of(shared))) {
            applied(host, workload("hostPath: {path: " + folder + "}"));
            host.assertAnswer(200, "from the host", APP, "/read/%2Fdata%2Fnote");
            host.assertAnswer(200, "written", APP, "/write/%2Fdata%2Fnew=by%20a%20guest");
            assertTrue(Files.exists(folder.resolve("new")));
            Files.createSymbolicLink(folder.resolve("out"), data);
            assertEquals(500, host.get(APP, "/list/%2Fdata%2Fout").status());
        }
        assertTrue(Files.exists(folder.resolve("note")));
    }

    @Test
    void aReadOnlyMountCannotBeWritten() throws Exception {
        try (TestHost host = new TestHost(data)) {
            applied(host, workload("ephemeral: {}").replace("mountPath: /data", "mountPath: /data, readOnly: true"));
            assertEquals(500, host.get(APP, "/write/%2Fdata%2Fnote=hello").status());
            host.assertAnswer(200, "", APP, "/list/%2Fdata");
        }
    }

    @Test
    void otherFoldersOfTheHostAreRefusedEvenBehindALink() throws Exception {
        Path root = Files.createDirectory(shared.resolve("root"));
        Files.createSymbolicLink(root.resolve("link"), data);
        String refused = "this host lets workloads have none of its folder";
        try (TestHost host = new TestHost(data, List.of(root))) {
            assertTrue(applied(host, workload("hostPath: {path: /etc}")).message().contains(refused));
            assertTrue(applied(host, workload("hostPath: {path: " + root + "/link}")).message().contains(refused));
            assertTrue(applied(host, workload("hostPath: {path: " + root + "x}")).message().contains("no directory"));
            assertEquals(List.of(), replicaFolders());
        }
    }
}
