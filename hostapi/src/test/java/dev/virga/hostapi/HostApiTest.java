package dev.virga.hostapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.host.HostException;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.hostapi.TestOperator.Status;
import dev.virga.plugin.nats.NatsServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler and a host at a real server. */
@Timeout(120)
class HostApiTest {

    private static final int FEW = 40;
    private static final Path HELLO = TestHost.EXAMPLES.resolve("hello-cli/hello.wasm");

    @TempDir
    private Path folder;

    private NatsServer nats;
    private TestOperator operator;
    private TestHost host;

    @BeforeEach
    void begin() throws Exception {
        nats = new NatsServer(folder);
        operator = new TestOperator(nats.url());
        host = new TestHost(folder, "h1", TestHost.nats(nats.url()));
        operator.await("h1");
    }

    @AfterEach
    void end() throws Exception {
        // What is missing could not start, or is not installed.
        try (NatsServer _ = nats;
                TestOperator _ = operator;
                TestHost _ = host) {}
    }

    @Test
    void aHostTellsOfItself() throws Exception {
        JsonNode heartbeat = operator.heartbeat();
        assertEquals("h1", heartbeat.path("id").asText());
        assertEquals("virga-h1", heartbeat.path("friendlyName").asText());
        assertEquals("10.1.2.3", heartbeat.path("hostname").asText());
        assertEquals("shop", heartbeat.path("environment").asText());
        assertEquals("default", heartbeat.path("labels").path("hostgroup").asText());
        assertEquals(host.server().uri().getPort(), heartbeat.path("httpPort").asInt());
        assertTrue(heartbeat.path("systemMemoryTotal").isTextual());
        assertTrue(Long.parseLong(heartbeat.path("systemMemoryTotal").asText()) > 1 << 20);
        assertFalse(heartbeat.path("osName").asText().isEmpty());
        assertTrue(Instant.parse(heartbeat.path("startedAt").asText()).isBefore(Instant.now()));
        assertFalse(heartbeat.has("workloadCount"), "a default is left out");

        JsonNode asked = TestOperator.checkedHeartbeat(operator.ask("h1", "heartbeat", "{}"));
        assertEquals(heartbeat.path("startedAt"), asked.path("startedAt"));
    }

    @Test
    void aWorkloadIsStartedAndStopped() throws Exception {
        Status started = operator.start("h1", "4e2c", TestOperator.api("acme", "shop-x1", "shop.example"));
        assertEquals(new Status("4e2c", "RUNNING", ""), started);
        assertEquals(200, host.get("shop.example"));
        assertEquals(200, host.get("shop-x1.acme.svc"));
        assertEquals("RUNNING", operator.status("h1", "4e2c").state());
        assertEquals("1", operator.ask("h1", "heartbeat", "").path("workloadCount").asText());
        assertEquals("1", operator.ask("h1", "heartbeat", "").path("componentCount").asText());
        assertEquals("shop-x1", host.server().host().status().getFirst().name());

        assertEquals("STOPPING", operator.stop("h1", "4e2c").state());
        assertEquals("NOT_FOUND", operator.status("h1", "4e2c").state());
        assertEquals(404, host.get("shop.example"));
        assertEquals("STOPPING", startedAgainAndStopped("4e2c").state());
    }

    private Status startedAgainAndStopped(String id) throws Exception {
        assertEquals("RUNNING", operator.start("h1", id, TestOperator.api("acme", "shop-x1", "shop.example")).state());
        return operator.stop("h1", id);
    }

    @Test
    void unknownIdsAreNotFound() throws Exception {
        assertEquals("NOT_FOUND", operator.status("h1", "nobody").state());
        assertEquals("NOT_FOUND", operator.stop("h1", "nobody").state());
    }

    @Test
    void aStartThatFailsSaysWhy() throws Exception {
        Path none = TestHost.EXAMPLES.resolve("no-such.wasm");
        Status status = operator.start("h1", "1", TestOperator.http("a", "w", "file:" + none, "x.example"));
        assertEquals("ERROR", status.state());
        assertTrue(status.message().contains("no-such.wasm"), status.message());
        assertEquals(status, operator.status("h1", "1"));
        assertEquals("STOPPING", operator.stop("h1", "1").state());
        assertEquals("NOT_FOUND", operator.status("h1", "1").state());
    }

    @Test
    void fieldsThatAreWrongAreNamed() throws Exception {
        Status status = operator.start(
                "h1",
                "1",
                "{\"namespace\":\"a\",\"name\":\"w\",\"witWorld\":{\"components\":[{\"name\":\"api\",\"image\":\"Not An"
                        + " Image\",\"poolSize\":-3}]}}");
        assertEquals("ERROR", status.state());
        assertTrue(status.message().contains("spec.components[0].image"), status.message());
        assertTrue(status.message().contains("spec.components[0].poolSize"), status.message());
        assertEquals("NOT_FOUND", operator.status("h1", "1").state());
    }

    @Test
    void aServiceThatEndsWellIsCompletedAndOneThatFailsIsAnError() throws Exception {
        operator.start("h1", "good", TestOperator.service("good", HELLO, 0));
        assertEquals("the service ended", operator.await("h1", "good", "COMPLETED").message());
        operator.start("h1", "bad", TestOperator.service("bad", TestHost.GUESTS.resolve("failing.wasm"), 0));
        Status failed = operator.await("h1", "bad", "ERROR");
        assertTrue(failed.message().contains("it returned an error"), failed.message());
    }

    @Test
    void startsOfOneIdAreOneStart() throws Exception {
        String workload = TestOperator.api("acme", "shop", "shop.example");
        List<CompletableFuture<Status>> starts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            starts.add(operator.startLater("h1", "1", workload));
        }
        for (CompletableFuture<Status> start : starts) {
            assertEquals("RUNNING", start.get().state());
        }
        assertEquals(1, host.server().host().status().size());
    }

    /** A normal run has a few; -Dvirga.test.placed=1000 measures. */
    @Test
    void manyStartsAtOnceAreAllDone() throws Exception {
        int count = Integer.getInteger("virga.test.placed", FEW);
        long begun = System.nanoTime();
        List<CompletableFuture<Status>> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            starts.add(operator.startLater("h1", "id" + i, TestOperator.api("acme", "w" + i, "w" + i + ".example")));
        }
        for (int i = 0; i < count; i++) {
            starts.get(i).get();
            operator.await("h1", "id" + i, "RUNNING"); // of so many some are answered before they run
        }
        if (count > FEW) {
            System.out.printf("%d workloads placed in %d ms%n", count, (System.nanoTime() - begun) / 1_000_000);
        }
        assertEquals(200, host.get("w0.example"));
        assertEquals(200, host.get("w" + (count - 1) + ".example"));
        for (int i = 0; i < count; i++) {
            assertEquals("STOPPING", operator.stop("h1", "id" + i).state());
        }
        assertEquals(List.of(), host.server().host().status());
    }

    @Test
    void aNewWorkloadTakesThePlaceOfAnOlderOneOfTheSameName() throws Exception {
        operator.start("h1", "old", TestOperator.api("acme", "shop", "old.example"));
        assertEquals("RUNNING", operator.start("h1", "new", TestOperator.api("acme", "shop", "new.example")).state());
        assertEquals("NOT_FOUND", operator.status("h1", "old").state());
        assertEquals(404, host.get("old.example"));
        assertEquals(200, host.get("new.example"));
    }

    @Test
    void workloadsOfOneNamespaceAnswerARouteTogetherAndOthersCannotTakeIt() throws Exception {
        operator.start("h1", "1", TestOperator.api("acme", "shop-1", "shop.example"));
        operator.start("h1", "2", TestOperator.api("acme", "shop-2", "shop.example"));
        Status thief = operator.start("h1", "3", TestOperator.api("evil", "shop", "shop.example"));
        assertEquals("ERROR", thief.state());
        assertTrue(thief.message().contains("shop.example"), thief.message());
        assertEquals("RUNNING", operator.status("h1", "2").state());

        operator.stop("h1", "1");
        assertEquals(200, host.get("shop.example"));
        operator.stop("h1", "2");
        assertEquals("RUNNING", operator.status("h1", "3").state(), "the route is free");
        operator.stop("h1", "3");
        assertEquals(404, host.get("shop.example"));
    }

    @Test
    void aWorkloadThatHasFailedTakesNoRequestsFromOneThatRuns() throws Exception {
        operator.start("h1", "1", TestOperator.http("acme", "shop-1", "file:/none.wasm", "shop.example"));
        while (host.get("shop.example") != 503) {
            Thread.sleep(5); // the answer to the start does not wait for routes to nobody
        }
        operator.start("h1", "2", TestOperator.api("acme", "shop-2", "shop.example"));
        for (int i = 0; i < 4; i++) {
            assertEquals(200, host.get("shop.example"));
        }
    }

    @Test
    void whatIsAppliedAndWhatIsPlacedDoNotTakeEachOthersNames() throws Exception {
        String manifest = """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: NAME, namespace: acme}
                spec: {components: [{name: api, image: "file:%s"}]}
                """.formatted(TestHost.EXAMPLES.resolve("http-api/api.wasm"));
        var local = host.server().host();
        local.apply(ManifestParser.parse("m", manifest.replace("NAME", "mine")).all());
        Status refused = operator.start("h1", "1", TestOperator.api("acme", "mine", "shop.example"));
        assertEquals("ERROR", refused.state());
        operator.stop("h1", "1");
        assertTrue(local.manifest(Kind.WORKLOAD, "acme", "mine").isPresent());

        operator.start("h1", "2", TestOperator.api("acme", "theirs", "shop.example"));
        var theirs = ManifestParser.parse("m", manifest.replace("NAME", "theirs")).all();
        assertThrows(HostException.Refused.class, () -> local.apply(theirs));
        local.delete(Kind.WORKLOAD, "acme", "theirs");
        assertEquals("NOT_FOUND", operator.status("h1", "2").state());
        assertEquals("RUNNING", operator.start("h1", "2", TestOperator.api("acme", "theirs", "shop.example")).state());
    }

    @Test
    void messagesThatAreNoneDoNoHarm() throws Exception {
        List<String> bodies = List.of(
                "", "{", "null", "[]", "7", "\"x\"", "{}", "{\"workloadId\":7e400}", "{\"workloadId\":{}}",
                "{\"workloadId\":\"a\",\"workloadId\":\"b\"}", "{} {}", "[".repeat(5000), "{\"workload\":".repeat(300),
                "{\"workloadId\":\"" + "x".repeat(5000) + "\"}", "\u0000\u0001", "{\"workloadId\":\"a\"",
                "{\"workloadId\":\"a\",\"workload\":{\"witWorld\":{\"components\":[null]}}}",
                "{\"workloadId\":\"a\",\"workload\":{\"witWorld\":{\"components\":{}}}}",
                "{\"workloadId\":\"a\",\"workload\":{\"namespace\":\"../x\",\"name\":\"../../etc\"}}");
        for (String command : List.of("workload.start", "workload.status", "workload.stop")) {
            for (String body : bodies) {
                String state = TestOperator.status(operator.ask("h1", command, body)).state();
                assertTrue(state.equals("ERROR") || state.equals("NOT_FOUND"), command + " " + body);
            }
        }
        operator.later("h1", "workload.explode", new byte[0]);
        operator.later("h1", "x", new byte[0]);
        assertEquals("RUNNING", operator.start("h1", "1", TestOperator.api("acme", "shop", "shop.example")).state());
    }

    @Test
    void aHostListsWhatIsPlacedOnIt() throws Exception {
        assertEquals(0, operator.ask("h1", "workload.list", "").path("workloads").size());
        operator.start("h1", "1", TestOperator.api("acme", "shop", "shop.example"));
        assertEquals(
                "{\"workloads\":[{\"workloadId\":\"1\",\"namespace\":\"acme\",\"name\":\"shop\"}]}",
                operator.ask("h1", "workload.list", "").toString());
        operator.start("h1", "2", TestOperator.api("acme", "other", "other.example"));
        assertEquals(
                "{\"workloads\":[{\"workloadId\":\"2\",\"namespace\":\"acme\",\"name\":\"other\"}]}",
                operator.ask("h1", "workload.list", "{\"after\":\"1\"}").toString());
    }

    @Test
    void aHostTellsWhoPlacedAWorkload() throws Exception {
        String marked = TestOperator.api("acme", "shop", "shop.example")
                .replace("\"annotations\":{", "\"annotations\":{\"virga.dev/scheduler\":\"mine\",");
        assertEquals("RUNNING", operator.start("h1", "1", marked).state());
        assertEquals("mine", operator.ask("h1", "workload.list", "").at("/workloads/0/scheduler").asText());
        String tooLong = marked.replace("mine", "m".repeat(300)).replace("shop", "long");
        assertEquals("ERROR", operator.start("h1", "2", tooLong).state());
    }

    @Test
    void commandsReachOneHostOnly() throws Exception {
        try (TestHost other = new TestHost(folder, "h2", TestHost.nats(nats.url()))) {
            operator.await("h2");
            operator.start("h2", "1", TestOperator.api("acme", "shop", "shop.example"));
            assertEquals(200, other.get("shop.example"));
            assertEquals("NOT_FOUND", operator.status("h1", "1").state());
            assertEquals(404, host.get("shop.example"));
        }
    }

    @Test
    void secretsAreNotShown() throws Exception {
        operator.start("h1", "1", TestOperator.api("acme", "shop", "shop.example").replace("info", "hush-hush"));
        var manifest = host.server().host().manifest(Kind.WORKLOAD, "acme", "shop").orElseThrow();
        assertFalse(manifest.toString().contains("hush-hush"));
        assertFalse(host.log().contains("hush-hush"));
    }
}
