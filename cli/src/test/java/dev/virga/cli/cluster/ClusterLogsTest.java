package dev.virga.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code virga logs} where workloads log to pods. */
class ClusterLogsTest {

    private static final String OBJECTS = """
            apiVersion: runtime.wasmcloud.dev/v1alpha1
            kind: WorkloadReplicaSet
            metadata:
              name: shop-1
              namespace: default
              ownerReferences: [{apiVersion: runtime.wasmcloud.dev/v1alpha1, kind: WorkloadDeployment, name: shop, uid: a}]
            ---
            apiVersion: runtime.wasmcloud.dev/v1alpha1
            kind: Workload
            metadata:
              name: shop-1-x
              namespace: default
              ownerReferences: [{apiVersion: runtime.wasmcloud.dev/v1alpha1, kind: WorkloadReplicaSet, name: shop-1, uid: b}]
            status: {hostId: h1}
            ---
            apiVersion: runtime.wasmcloud.dev/v1alpha1
            kind: Workload
            metadata:
              name: shop-1-y
              namespace: default
              ownerReferences: [{apiVersion: runtime.wasmcloud.dev/v1alpha1, kind: WorkloadReplicaSet, name: shop-1, uid: b}]
            status: {hostId: h2}
            ---
            apiVersion: runtime.wasmcloud.dev/v1alpha1
            kind: Host
            metadata: {name: virga-h1, namespace: virga}
            hostId: h1
            hostname: 10.0.0.1
            ---
            apiVersion: runtime.wasmcloud.dev/v1alpha1
            kind: Host
            metadata: {name: virga-h2, namespace: virga}
            hostId: h2
            hostname: host-2
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: host-1, namespace: virga, labels: {wasmcloud.com/hostgroup: default}}
            status: {podIP: 10.0.0.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: host-2, namespace: virga, labels: {wasmcloud.com/hostgroup: default}}
            status: {podIP: 10.0.0.2}
            """;
    private static final String FIRST = """
            NOTE: Picked up JDK_JAVA_OPTIONS: -XX:MaxRAMPercentage=40
            {"time":"2026-03-01T12:00:00.100Z","level":"info","message":"one","namespace":"default","workload":"shop-1-x",\
            "component":"api","source":"guest-stdout"}
            {"time":"2026-03-01T12:00:00.200Z","level":"info","message":"another's","namespace":"acme","workload":"shop-1-x",\
            "component":"api","source":"guest-stdout"}
            {"time":"2026-03-01T12:00:00.300Z","level":"warn","message":"three","namespace":"default","workload":"shop-1-x",\
            "component":"policy","request_id":"r1","source":"guest-log"}
            {"time": 1}
            """;
    private static final String SECOND = """
            {"time":"2026-03-01T12:00:00.200Z","level":"info","message":"two","namespace":"default","workload":"shop-1-y",\
            "component":"api","source":"guest-stdout"}
            """;

    @TempDir
    Path folder;

    private MockCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MockCluster(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void logs() {
        cluster.create(OBJECTS);
        log("host-1", FIRST);
        log("host-2", SECOND);
    }

    private void log(String pod, String text) {
        cluster.server.expect().get().withPath("/api/v1/namespaces/virga/pods/" + pod
                        + "/log?pretty=false&container=host&tailLines=100000")
                .andReturn(200, text)
                .always();
    }

    @Test
    void linesOfAllReplicasComeInTheirOrder() {
        logs();
        CommandRun run = cluster.run("logs", "shop");
        assertEquals("""
                2026-03-01T12:00:00.100Z INFO default/shop-1-x api guest-stdout: one
                2026-03-01T12:00:00.200Z INFO default/shop-1-y api guest-stdout: two
                2026-03-01T12:00:00.300Z WARN default/shop-1-x policy guest-log request=r1: three
                """, run.out(), run.err());
    }

    @Test
    void linesOfOneReplicaAndOneComponentCanBeChosen() {
        logs();
        assertEquals(1, cluster.run("logs", "shop-1-y").out().lines().count());
        String policy = cluster.run("logs", "shop", "--component", "policy").out();
        assertTrue(policy.endsWith(": three\n") && policy.lines().count() == 1, policy);
        String last = cluster.run("logs", "shop", "--tail", "1").out();
        assertTrue(last.endsWith(": three\n") && last.lines().count() == 1, last);
        assertEquals("", cluster.run("logs", "shop", "--tail", "0").out());
        assertEquals(1, cluster.run("logs", "shop", "--tail", "-1").exitCode());
    }

    @Test
    void jsonIsAsHostsWriteIt() {
        logs();
        assertEquals(SECOND, cluster.run("logs", "shop-1-y", "-o", "json").out());
    }

    @Test
    void followingGoesOnAfterWhatWasThere() {
        logs();
        for (String pod : new String[] {"host-1", "host-2"}) {
            String later = (pod.equals("host-1") ? FIRST : SECOND)
                    + FIRST.lines().toList().get(1).replace("00.100Z", "01.000Z").replace("one", pod) + "\n";
            cluster.server.expect().get().withPath("/api/v1/namespaces/virga/pods/" + pod
                            + "/log?pretty=false&container=host&tailLines=100000&follow=true")
                    .andReturn(200, later)
                    .always();
        }
        String out = cluster.run("logs", "shop", "-f").out();
        assertEquals(5, out.lines().count(), out);
        assertTrue(out.contains(": host-1\n") && out.contains(": host-2\n"), out);
    }

    @Test
    void aWorkloadThatIsNotThereHasNoLog() {
        CommandRun run = cluster.run("logs", "shop");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("no workload default/shop runs here"), run.err());
    }

    @Test
    void whoMayNotSeeHostsIsToldSo() {
        cluster.create(OBJECTS);
        cluster.server.expect().get().withPath("/apis/runtime.wasmcloud.dev/v1alpha1/hosts")
                .andReturn(403, new StatusBuilder().withCode(403).withMessage("hosts is forbidden").build())
                .always();
        CommandRun run = cluster.run("logs", "shop");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("this user may not see hosts and their pods"), run.err());
        assertTrue(run.err().contains("hosts is forbidden"), run.err());
    }
}
