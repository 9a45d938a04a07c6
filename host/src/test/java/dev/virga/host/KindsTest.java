package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What manifests of each kind do, where they want to run, and what they only name. */
@Timeout(120)
class KindsTest {

    private static final String APP = "app.localhost";

    @TempDir
    private Path data;

    private static final String SPEC = """
            components:
              - name: api
                image: file:GUESTS/resident.wasm
                localResources: {environment: {config: {A: "1"}, configFrom: [], secretFrom: []}}
            """;

    private static String manifest(String kind, String spec) {
        return "apiVersion: runtime.wasmcloud.dev/v1alpha1\nkind: " + kind + "\nmetadata: {name: app}\nspec:\n"
                + spec.indent(2).replace("GUESTS", TestHost.GUESTS.toString());
    }

    private static String set(int replicas, String spec) {
        return manifest("WorkloadReplicaSet", "replicas: " + replicas + "\ntemplate:\n  spec:\n" + spec.indent(4));
    }

    @Test
    void aWorkloadIsOneReplica() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(manifest("Workload", SPEC));
            assertEquals(1, host.await("app", s -> s.phase().equals("Running")).ready());
            host.assertAnswer(200, "1", APP, "/env/A");
            HostException refused =
                    assertThrows(HostException.class, () -> host.apply(set(1, SPEC)));
            assertTrue(refused.getMessage().contains("there is Workload default/app"), refused.getMessage());
        }
    }

    @Test
    void aReplicaSetHasAsManyAsItSays() throws Exception {
        try (TestHost host = new TestHost(data)) {
            for (int replicas : new int[] {3, 1, 0, 2}) {
                host.apply(set(replicas, SPEC));
                host.await("app", s -> s.phase().equals("Running") && s.ready() == replicas && s.wanted() == replicas);
                assertEquals(replicas == 0 ? 503 : 200, host.get(APP, "/").status());
            }
            host.delete(Kind.WORKLOAD_REPLICA_SET, "app");
            assertEquals(404, host.get(APP, "/").status());
        }
    }

    @Test
    void whatShallRunElsewhereSaysWhere() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(manifest("Workload", SPEC + "hostId: other\n"));
            host.await("app", s -> s.message().equals("hostId is other, and this host is test"));
            host.apply(manifest("Workload", SPEC + "environment: core\n"));
            host.await("app", s -> s.message().equals("environment is core, and this host's is edge"));
            host.apply(manifest("Workload", SPEC + "hostSelector: {zone: east}\n"));
            host.await("app", s -> s.message().equals(
                    "hostSelector wants zone=east, and this host's labels are {zone=west}"));
            host.apply(manifest("Workload", SPEC + "hostId: test\nenvironment: edge\nhostSelector: {zone: west}\n"));
            host.await("app", s -> s.phase().equals("Running") && s.message().isEmpty());
        }
    }

    @Test
    void aChangedConfigMapOrSecretRollsTheWorkload() throws Exception {
        String map = """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {A: "2"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                stringData: {B: "2"}
                """;
        String spec = SPEC.replace("configFrom: [], secretFrom: []", "configFrom: [{name: settings}], secretFrom: [{name: keys}]");
        try (TestHost host = new TestHost(data)) {
            host.apply(manifest("Workload", spec));
            Status status = host.await("app", s -> s.phase().equals("Error"));
            assertTrue(status.message().contains("settings"), status.message());
            host.apply(map);
            host.await("app", s -> s.phase().equals("Running"));
            host.assertAnswer(200, "2", APP, "/env/A");
            host.apply(map.replace("A: \"2\"", "A: \"3\""));
            host.awaitAnswer(APP, "/env/A", a -> a.body().equals("3"));
            host.apply(map.replace("B: \"2\"", "B: \"3\""));
            host.awaitAnswer(APP, "/env/B", a -> a.body().equals("3"));
        }
    }
}
