package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DeploymentTest {

    private static final String OK = "{\"service\":\"virga-example\",\"ok\":true}";

    @TempDir
    private Path data;

    private static String deployment(String variable, int replicas) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: api}
                spec:
                  replicas: %d
                  template:
                    spec:
                      hostInterfaces:
                        - {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: api.test}}
                      components:
                        - name: api
                          image: file:%s/http-api/api.wasm
                          localResources: {environment: {config: {A: "%s"}}}
                """.formatted(replicas, TestHost.EXAMPLES, variable);
    }

    @Test
    void anAppliedDeploymentAnswersAtItsHost() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(deployment("1", 2));
            Status status = host.await("api", s -> s.phase().equals("Running"));
            assertEquals(2, status.ready());
            host.assertAnswers("api.test", OK);
            assertEquals(404, host.get("other.test", "/").status());
            host.delete(Kind.WORKLOAD_DEPLOYMENT, "api");
            assertEquals(404, host.get("api.test", "/").status());
        }
    }

    @Test
    void itIsThereAgainWhenTheHostStartsAgain() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(deployment("1", 1));
            host.await("api", s -> s.phase().equals("Running"));
        }
        try (TestHost host = new TestHost(data)) {
            host.await("api", s -> s.phase().equals("Running"));
            host.assertAnswers("api.test", OK);
        }
    }

    @Test
    void ofTwoThatWantOneRouteTheOlderHasItAfterARestartToo() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(deployment("1", 1).replace("name: api}", "name: older}"));
            host.await("older", s -> s.routes().equals(List.of("api.test/")));
            host.apply(deployment("2", 1).replace("name: api}", "name: newer}"));
            host.await("newer", s -> s.message().contains("the route api.test/ is another workload's"));
        }
        try (TestHost host = new TestHost(data)) { // "newer" comes first by name
            host.await("newer", s -> s.message().contains("the route api.test/ is another workload's"));
            assertEquals(List.of("api.test/"), host.await("older", s -> s.ready() == 1).routes());
        }
    }

    /** With another name for the component in each revision. */
    private static String renamed(String revision, int replicas) {
        return deployment(revision, replicas)
                        .replace(", config: {host: api.test}", "")
                        .replace("- name: api\n", "- name: api-" + revision + "\n")
                + "virga: {ingress: {routes: [{host: api.test, component: api-" + revision + "}]}}\n";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noRequestIsLostDuringAnUpdate(boolean rename) throws Exception {
        BiFunction<String, Integer, String> manifest = rename ? DeploymentTest::renamed : DeploymentTest::deployment;
        try (TestHost host = new TestHost(data)) {
            host.apply(manifest.apply("1", 2));
            host.await("api", s -> s.phase().equals("Running"));
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger good = new AtomicInteger();
            AtomicInteger bad = new AtomicInteger();
            Thread client = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    try {
                        (host.get("api.test", "/").status() == 200 ? good : bad).incrementAndGet();
                    } catch (IOException e) {
                        bad.incrementAndGet();
                    }
                }
            });
            for (int i = 2; i < 6; i++) {
                int revision = i;
                host.apply(manifest.apply(Integer.toString(i), 2));
                host.await("api", s -> s.phase().equals("Running") && s.revision() == revision);
            }
            stop.set(true);
            client.join();
            assertEquals(0, bad.get());
            assertTrue(good.get() > 0);
        }
    }

    @Test
    void whatCannotStartLeavesTheOldRevisionRunning() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(deployment("1", 1));
            host.await("api", s -> s.phase().equals("Running"));
            host.apply(deployment("2", 1).replace("api.wasm", "none.wasm"));
            Status status = host.await("api", s -> s.phase().equals("Degraded"));
            assertTrue(status.message().contains("none.wasm: there is no such file"), status.message());
            assertTrue(status.message().contains("revision 1 goes on"), status.message());
            host.assertAnswers("api.test", OK);
        }
    }
}
