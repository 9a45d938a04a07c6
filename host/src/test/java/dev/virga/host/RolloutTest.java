package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How replicas are replaced, and what their health has to do with it. */
@Timeout(120)
class RolloutTest {

    private static final String APP = "app.localhost";

    @TempDir
    private Path data;

    @TempDir
    private Path shared;

    private Path healthy;

    @BeforeEach
    void makeFile() throws Exception {
        healthy = Files.createFile(shared.resolve("healthy"));
    }

    /** Healthy while a file is there. */
    private String workload(String version, String health) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: app}
                spec:
                  replicas: 2
                  deployPolicy: RollingUpdate
                  template:
                    spec:
                      components:
                        - name: api
                          image: file:GUESTS/resident.wasm
                          localResources:
                            environment: {config: {VERSION: VERSIONS}}
                            volumeMounts: [{name: v, mountPath: /data, readOnly: true}]
                      volumes:
                        - {name: v, hostPath: {path: SHARED}}
                virga:
                  health: {path: /read/%2Fdata%2Fhealthy, HEALTH}
                  rollout: {progressDeadline: 60s}
                """.replace("GUESTS", TestHost.GUESTS.toString())
                .replace("SHARED", shared.toString())
                .replace("VERSIONS", "\"" + version + "\"")
                .replace("HEALTH", health);
    }

    private String workload(String version) {
        return workload(version, "interval: 1s, timeout: 1s, failureThreshold: 1");
    }

    private TestHost host() {
        return new TestHost(data, List.of(shared));
    }

    private static Status running(TestHost host, int revision) throws InterruptedException {
        return host.await("app", s -> s.phase().equals("Running") && s.revision() == revision && s.ready() == 2);
    }

    @Test
    void requestsComeToHealthyReplicasOnly() throws Exception {
        try (TestHost host = host()) {
            host.apply(workload("1"));
            running(host, 1);
            host.assertAnswer(200, "1", APP, "/env/VERSION");
            Files.delete(healthy);
            Status sick = host.await("app", s -> s.ready() == 0);
            assertEquals("Degraded", sick.phase());
            host.awaitAnswer(APP, "/env/VERSION", a -> a.status() == 503);
            Files.createFile(healthy);
            running(host, 1);
            host.awaitAnswer(APP, "/env/VERSION", a -> a.status() == 200);
        }
    }

    @Test
    void whatIsNotHealthyInTimeIsRolledBack() throws Exception {
        try (TestHost host = host()) {
            host.apply(workload("1"));
            running(host, 1);
            host.apply(workload("2").replace("Fhealthy", "Fnever").replace("Deadline: 60s", "Deadline: 1s"));
            Status status = host.await("app", s -> s.phase().equals("Degraded"));
            assertTrue(status.message().contains("did not answer its health check"), status.message());
            assertTrue(status.message().contains("revision 1 goes on"), status.message());
            assertEquals(2, status.ready());
            host.assertAnswer(200, "1", APP, "/env/VERSION");
        }
    }

    @Test
    void aNewerManifestEndsTheWaitForHealth() throws Exception {
        try (TestHost host = host()) {
            String slow = "interval: 1h, timeout: 10s";
            host.apply(workload("1"));
            running(host, 1);
            host.apply(workload("2", slow).replace("Fhealthy", "Fnever").replace("Deadline: 60s", "Deadline: 2h"));
            host.await("app", s -> s.phase().equals("Updating") && s.revision() == 2);
            host.apply(workload("3"));
            running(host, 3);
            host.assertAnswer(200, "3", APP, "/env/VERSION");
        }
    }

    @Test
    void deletingEndsAnUpdateThatWaits() throws Exception {
        try (TestHost host = host()) {
            host.apply(workload("1"));
            running(host, 1);
            Files.delete(healthy);
            host.apply(workload("2", "interval: 1h, timeout: 10s")
                    .replace("Deadline: 60s", "Deadline: 2h")
                    .replace("RollingUpdate", "Recreate"));
            host.await("app", s -> s.revision() == 2);
            long begun = System.nanoTime();
            host.delete(Kind.WORKLOAD_DEPLOYMENT, "app");
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(30).toNanos());
            assertEquals(List.of(), host.host().status());
        }
    }

    @Test
    void recreateStopsAllBeforeItStartsAny() throws Exception {
        try (TestHost host = host()) {
            host.apply(workload("1").replace("RollingUpdate", "Recreate"));
            running(host, 1);
            Files.delete(healthy);
            host.apply(workload("2").replace("RollingUpdate", "Recreate").replace("Deadline: 60s", "Deadline: 1h"));
            host.await("app", s -> s.ready() == 0 && s.revision() == 2);
            Files.createFile(healthy);
            running(host, 2);
            host.assertAnswer(200, "2", APP, "/env/VERSION");
        }
    }

    @Test
    void aRecreateThatFailsBringsTheOldOnesBack() throws Exception {
        try (TestHost host = host()) {
            host.apply(workload("1").replace("RollingUpdate", "Recreate"));
            running(host, 1);
            host.apply(workload("2").replace("RollingUpdate", "Recreate").replace("resident.wasm", "none.wasm"));
            host.await("app", s -> s.phase().equals("Degraded") && s.ready() == 2);
            host.assertAnswer(200, "1", APP, "/env/VERSION");
        }
    }

    @Test
    void aHundredManifestsInARowEndAtTheLast() throws Exception {
        try (TestHost host = host()) {
            for (int i = 1; i <= 100; i++) {
                host.apply(workload(Integer.toString(i)));
            }
            host.awaitAnswer(APP, "/env/VERSION", a -> a.body().equals("100"));
            Status status = host.await("app", s -> s.phase().equals("Running") && s.updated() == 2 && s.ready() == 2);
            assertEquals(2, status.wanted());
            for (int i = 0; i < 4; i++) {
                host.assertAnswer(200, "100", APP, "/env/VERSION");
            }
        }
    }
}
