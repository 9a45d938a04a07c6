package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workloads of several components, linked to each other by their interfaces. */
@Timeout(120)
class ComponentsTest {

    private static final String APP = "app.localhost";

    @TempDir
    private Path data;

    /** `gate` stands before `api`, which uses `rules`, which is written in C. */
    private static String workload(String changes) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: app}
                spec:
                  components:
                    - name: gate
                      image: file:GUESTS/gate.wasm
                      localResources: {environment: {config: {WHO: gate}}}
                    - name: api
                      image: file:GUESTS/api.wasm
                      localResources: {environment: {config: {WHO: api}}}
                    - name: rules
                      image: file:GUESTS/rules.wasm
                      localResources: {environment: {config: {WHO: rules, LIMIT: "100"}}}
                """.replace("GUESTS", TestHost.GUESTS.toString())
                + changes;
    }

    private static TestHost running(Path data, String manifest) throws InterruptedException {
        TestHost host = new TestHost(data);
        host.apply(manifest);
        Status status = host.await("app", s -> s.phase().equals("Running") || s.phase().equals("Error"));
        assertEquals("Running", status.phase(), status.message());
        return host;
    }

    private static String problem(Path data, String manifest) throws InterruptedException {
        try (TestHost host = new TestHost(data)) {
            host.apply(manifest);
            return host.await("app", s -> s.phase().equals("Error")).message();
        }
    }

    @Test
    void aRequestPassesOneHandlerOnItsWayToTheNext() throws Exception {
        try (TestHost host = running(data, workload(""))) {
            host.assertAnswer(200, "ok", APP, "/");
            host.assertAnswer(500, "the gate is shut", APP, "/refused");
        }
    }

    @Test
    void aSiblingInAnotherLanguageIsCalledByItsInterface() throws Exception {
        try (TestHost host = running(data, workload(""))) {
            host.assertAnswer(200, "accepted", APP, "/judge/100");
            host.assertAnswer(200, "refused: above 100", APP, "/judge/101");
        }
    }

    @Test
    void eachComponentHasItsOwnEnvironment() throws Exception {
        try (TestHost host = running(data, workload(""))) {
            host.assertAnswer(200, "gate", APP, "/gate/env/WHO");
            host.assertAnswer(200, "api", APP, "/env/WHO");
            host.assertAnswer(200, "rules", APP, "/rules-env/WHO");
            host.assertAnswer(500, "not set", APP, "/rules-env/HOME");
        }
    }

    @Test
    void whatOneComponentMayReachIsClosedToTheOthers() throws Exception {
        InetAddress address = TestHost.ownAddress();
        try (ServerSocket server = new ServerSocket(0, 50, address)) {
            Thread.ofVirtual().start(() -> answerAll(server));
            String there = address.getHostAddress() + ":" + server.getLocalPort();
            String target = "/tcp/" + there + "=hello";
            String manifest = workload("").replace(
                    "{environment: {config: {WHO: api}}}",
                    "{allowedHosts: ['" + there + "']}");
            String egress = "virga: {egress: {addresses: [{cidr: " + address.getHostAddress() + "/32}]}}\n";
            try (TestHost host = running(data, manifest + egress)) {
                host.assertAnswer(200, "hello", APP, target);
                assertEquals(500, host.get(APP, "/gate" + target).status());
            }
        }
    }

    private static void answerAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                in.read();
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void aTrapOrAnEndlessLoopInASiblingFailsThatRequestOnly() throws Exception {
        String limits = "virga: {components: {gate: {limits: {cpu: {deadline: 100ms}}}}}\n";
        try (TestHost host = running(data, workload(limits))) {
            assertTrue(host.get(APP, "/judge/13").status() >= 500);
            assertTrue(host.get(APP, "/judge/14").status() >= 500);
            host.assertAnswer(200, "accepted", APP, "/judge/12");
        }
    }

    @Test
    void warmInstancesKeepTheStateOfAllThatIsLinkedIntoThem() throws Exception {
        String warm = workload("").replace("gate.wasm\n", "gate.wasm\n      poolSize: 1\n      maxInvocations: 3\n");
        try (TestHost host = running(data, warm)) {
            host.awaitIdle();
            host.assertAnswer(200, "1", APP, "/rules-calls");
            host.awaitIdle();
            host.assertAnswer(200, "2", APP, "/rules-calls");
            host.awaitIdle();
            host.assertAnswer(200, "3", APP, "/rules-calls");
            host.awaitIdle();
            host.assertAnswer(200, "1", APP, "/rules-calls"); // it has had its invocations
        }
    }

    @Test
    void aTrapEndsAWarmInstance() throws Exception {
        String warm = workload("").replace("gate.wasm\n", "gate.wasm\n      poolSize: 1\n");
        try (TestHost host = running(data, warm)) {
            host.assertAnswer(200, "1", APP, "/rules-calls");
            host.awaitIdle();
            assertTrue(host.get(APP, "/trap").status() >= 500);
            host.awaitIdle();
            host.assertAnswer(200, "1", APP, "/rules-calls");
        }
    }

    @Test
    void twoThatExportWhatAThirdImportsAreAnErrorWithTheirNames() throws Exception {
        String two = workload("""
                    - {name: rules2, image: file:GUESTS/rules.wasm}
                """.replace("GUESTS", TestHost.GUESTS.toString()));
        assertEquals(
                "component api imports test:rules/rules@1.0.0, which rules and rules2 export: leave one of them out,"
                        + " or compose them beforehand",
                problem(data, two));
    }

    @Test
    void aCircleIsAnErrorWithItsNames() throws Exception {
        String circle = workload("").replace("api.wasm", "gate.wasm");
        assertEquals(
                "the components import each other's exports in a circle: gate → api → gate", problem(data, circle));
    }

    @Test
    void anImportThatNobodyMeetsIsAnErrorWithItsName() throws Exception {
        String message = problem(data, workload("").replaceAll("(?s)    - name: rules.*", ""));
        assertTrue(message.contains("test:rules/rules"), message);
    }
}
