package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.manifest.Kind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Companions of a workload that run as long as it does. */
@Timeout(120)
class ServiceTest {

    @TempDir
    private Path data;

    /** A component that connects to where it is told, and a service that does what RUN says. */
    private static String workload(String name, String run, String settings) {
        return """
                ---
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: NAME}
                spec:
                  template:
                    spec:
                      components:
                        - {name: api, image: file:GUESTS/api.wasm}
                        - {name: rules, image: file:GUESTS/rules.wasm}
                      service:
                        image: file:GUESTS/server.wasm
                        maxRestarts: 2
                        localResources: {environment: {config: {RUN: RUNS, NAME: NAME}}}
                """.replace("GUESTS", TestHost.GUESTS.toString())
                        .replace("NAME: NAME", "NAME: " + name)
                        .replace("{name: NAME}", "{name: " + name + "}")
                        .replace("RUNS", run)
                + settings;
    }

    private static final String SHORT_BACKOFF = """
            virga:
              service: {restart: {backoff: {initial: 1ms, max: 2ms}}}
            """;

    private static Answer await(TestHost host, String workload, String path) throws Exception {
        return host.awaitAnswer(workload + ".localhost", path, a -> a.status() == 200);
    }

    @Test
    void componentsReachTheServiceOfTheirOwnWorkloadOnly() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "tcp 7000", "") + workload("two", "tcp 7000", "") + workload("three", "tcp 7001", ""));
            assertEquals("one HELLO", await(host, "one", "/tcp/127.0.0.1:7000=hello").body());
            assertEquals("two HELLO", await(host, "two", "/tcp/127.0.0.1:7000=hello").body());
            assertEquals("three HELLO", await(host, "three", "/tcp/127.0.0.1:7001=hello").body());
            assertEquals(500, host.get("three.localhost", "/tcp/127.0.0.1:7000=hello").status());
        }
    }

    @Test
    void datagramsStayInTheWorkloadToo() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "udp 7000", ""));
            host.awaitLog("udp begins");
            assertEquals("HELLO", await(host, "one", "/udp/127.0.0.1:7000=hello").body());
        }
    }

    @Test
    void aServiceThatFailsIsStartedAgainAndThenGivenUp() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "exit 3", SHORT_BACKOFF));
            Status status = host.await("one", s -> s.phase().equals("Degraded"));
            assertEquals(2, status.restarts());
            assertTrue(status.message().startsWith("the service failed: it ended with exit code"), status.message());
            host.assertAnswer(200, "ok", "one.localhost", "/");
        }
    }

    @Test
    void aServiceThatEndsWellHasCompleted() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "exit 0", SHORT_BACKOFF).replace("maxRestarts: 2", "maxRestarts: 0"));
            Status status = host.await("one", s -> s.phase().equals("Completed"));
            assertEquals("the service ended", status.message());
        }
    }

    @Test
    void aServiceThatRunsAgainSaysWhyItEndedBefore() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "tcp 7000", SHORT_BACKOFF));
            await(host, "one", "/tcp/127.0.0.1:7000=hello");
            host.get("one.localhost", "/tcp/127.0.0.1:7000=exit");
            Status status = host.await("one", s -> s.restarts() > 0 && s.phase().equals("Running"));
            assertEquals("HELLO", await(host, "one", "/tcp/127.0.0.1:7000=hello").body().substring(4));
            assertTrue(status.message().startsWith("the service failed: "), status.message());
            assertTrue(!host.status("one").message().contains("starts again in"), host.status("one").message());
        }
    }

    @Test
    void aServiceIsChargedForTheProcessorAndHasNoDeadline() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "tcp 7000", "virga: {limits: {cpu: {deadline: 50ms}}}\n"));
            await(host, "one", "/tcp/127.0.0.1:7000=hello");
            long before = host.status("one").cpuNanos();
            assertTrue(await(host, "one", "/tcp/127.0.0.1:7000=spin_300000000").body().startsWith("one "));
            assertTrue(host.status("one").cpuNanos() - before > TimeUnit.MILLISECONDS.toNanos(60));
            assertEquals(0, host.status("one").restarts());
        }
    }

    @Test
    void aServiceMayAnswerRequestsItself() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "x", "")
                    .replace("server.wasm", "resident.wasm")
                    .replaceAll("(?m)^ *- \\{name: (api|rules).*\\R", "")
                    .replace("      components:\n", ""));
            await(host, "one", "/");
            assertEquals("2", host.get("one.localhost", "/calls").body());
            host.awaitLog("resident");
        }
    }

    @Test
    void whatAServicePrintsIsInTheWorkloadsLog() throws Exception {
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "tcp 7000", ""));
            host.awaitLog("default/one (service) guest-stdout request=service-0: tcp begins");
            host.awaitLog("listening on 127.0.0.1:7000");
        }
    }

    @Test
    void anUpdateLosesNoCallOfTheServiceAndFreesItsPort() throws Exception {
        String health = "virga: {health: {path: '/tcp/127.0.0.1:7000=hello', interval: 1s, timeout: 1s}}\n";
        try (TestHost host = new TestHost(data)) {
            host.apply(workload("one", "tcp 7000", health));
            await(host, "one", "/tcp/127.0.0.1:7000=hello");
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger bad = new AtomicInteger();
            Thread client = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    try {
                        bad.addAndGet(host.get("one.localhost", "/tcp/127.0.0.1:7000=hello").status() == 200 ? 0 : 1);
                    } catch (java.io.IOException e) {
                        bad.incrementAndGet();
                    }
                }
            });
            host.apply(workload("one", "tcp 7000", health).replace("NAME: one", "NAME: next"));
            host.awaitAnswer("one.localhost", "/tcp/127.0.0.1:7000=hello", a -> a.body().equals("next HELLO"));
            host.await("one", s -> s.phase().equals("Running") && s.revision() == 2);
            stop.set(true);
            client.join();
            assertEquals(0, bad.get());
            host.delete(Kind.WORKLOAD_DEPLOYMENT, "one");
            host.apply(workload("one", "tcp 7000", ""));
            assertEquals("one HELLO", await(host, "one", "/tcp/127.0.0.1:7000=hello").body());
        }
    }
}
