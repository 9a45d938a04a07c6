package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.host.control.ControlClient;
import dev.virga.host.control.ControlException;
import dev.virga.host.manifest.Kind;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ControlApiTest {

    @TempDir
    private Path data;

    private static String workload(String kind, String name, String image) {
        String spec = "{components: [{name: a, image: \"file:" + image + "\"}]}";
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: %s
                metadata: {name: %s}
                spec: %s
                ---
                """.formatted(kind, name, kind.equals("Workload") ? spec : "{template: {spec: " + spec + "}}");
    }

    private static String api(String kind, String name) {
        return workload(kind, name, TestHost.EXAMPLES + "/http-api/api.wasm");
    }

    private static String refused(Runnable call) {
        return assertThrows(ControlException.Refused.class, call::run).getMessage();
    }

    private static List<String> results(JsonNode applied) {
        return applied.path("objects").findValuesAsText("result");
    }

    @Test
    void whatIsAppliedIsCreatedThenUnchangedThenChanged() {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            String manifests = api("WorkloadDeployment", "api") + """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: other-tools}
                    """;
            JsonNode applied = client.apply(manifests);
            assertEquals(List.of("created"), results(applied));
            assertEquals("Service", applied.path("skipped").path(0).path("kind").asText());
            assertEquals(List.of("unchanged"), results(client.apply(manifests)));
            assertEquals(List.of("changed"), results(client.apply(manifests.replace("{template", "{replicas: 2, template"))));
        }
    }

    @Test
    void allProblemsOfAManifestComeWithLineAndColumn() {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            var wrong = assertThrows(ControlException.Refused.class, () -> client.apply("""
                    apiVersion: runtime.wasmcloud.dev/v1alpha1
                    kind: Workload
                    metadata: {name: a, nmespace: b}
                    spec: {components: [{name: A, image: x}]}
                    """));
            assertEquals(List.of("3", "4"), wrong.problems().findValuesAsText("line"));
            assertEquals(0, client.objects(Map.of()).path("objects").size());
        }
    }

    @Test
    void statusIsShownWithTheManifestAndChangesCanBeWaitedFor() {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            client.apply(api("Workload", "api"));
            JsonNode state = client.objects(Map.of());
            while (!state.path("objects").path(0).path("status").path("phase").asText().equals("Running")) {
                state = client.objects(Map.of("after", state.path("changes").asText(), "wait", "30"));
            }
            JsonNode one = client.object(Kind.WORKLOAD, "default", "api");
            assertEquals("api.localhost/", one.path("status").path("routes").path(0).asText());
            assertEquals("True", one.path("status").path("conditions").path(2).path("status").asText());
        }
    }

    @Test
    void valuesOfSecretsAreHiddenUnlessAskedFor() {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            client.apply("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: s}
                    data: {a: aHVudGVyMg==}
                    stringData: {b: hunter2}
                    """);
            String hidden = client.objects(Map.of()).toString() + client.object(Kind.SECRET, "default", "s");
            assertFalse(hidden.contains("hunter2") || hidden.contains("aHVudGVyMg"), hidden);
            assertTrue(client.objects(Map.of("secrets", "true")).toString().contains("hunter2"));
        }
    }

    @Test
    void replicasAreScaledWhereThereAreSome() {
        try (TestHost host = new TestHost(data); ControlClient client = new ControlClient(data)) {
            client.apply(api("WorkloadDeployment", "d") + api("Workload", "w"));
            client.scale(Kind.WORKLOAD_DEPLOYMENT, "default", "d", 3);
            assertEquals(3, host.status("d").wanted());
            assertTrue(refused(() -> client.scale(Kind.WORKLOAD, "default", "w", 3)).contains("has no replicas"));
            assertTrue(refused(() -> client.scale(Kind.WORKLOAD_DEPLOYMENT, "default", "d", -1)).contains("from 0 to"));
            assertTrue(refused(() -> client.scale(Kind.WORKLOAD_DEPLOYMENT, "default", "x", 1)).contains("there is no"));
        }
    }

    @Test
    void kindsThatRunShareTheirNamesEvenInOneFile() {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            String both = api("WorkloadDeployment", "same") + api("Workload", "same");
            assertTrue(refused(() -> client.apply(both)).contains("choose another name"));
            assertEquals(0, client.objects(Map.of()).path("objects").size());
        }
    }

    @Test
    void aLogIsFollowedUntilItsWorkloadIsGone() throws Exception {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            client.apply(workload("Workload", "bad", TestHost.EXAMPLES + "/none.wasm"));
            BlockingQueue<String> lines = new ArrayBlockingQueue<>(10);
            Thread follower = Thread.ofVirtual().start(() ->
                    client.logs("default", "bad", Map.of("follow", "true", "tail", "5"), lines::add));
            String line = lines.poll(60, TimeUnit.SECONDS);
            assertTrue(line != null && line.contains("there is no such file"), line);
            client.delete(Kind.WORKLOAD, "default", "bad");
            follower.join();
            assertTrue(refused(() -> client.logs("default", "bad", Map.of(), _ -> {})).contains("no workload"));
        }
    }

    @Test
    void aHostThatStopsEndsThoseWhoFollow() throws Exception {
        try (ControlClient client = new ControlClient(data)) {
            FutureTask<Void> follower;
            try (TestHost _ = new TestHost(data)) {
                client.apply(workload("Workload", "bad", TestHost.EXAMPLES + "/none.wasm"));
                BlockingQueue<String> lines = new ArrayBlockingQueue<>(10);
                follower = new FutureTask<>(
                        () -> client.logs("default", "bad", Map.of("follow", "true", "tail", "5"), lines::add), null);
                Thread.ofVirtual().start(follower);
                assertNotNull(lines.poll(60, TimeUnit.SECONDS), "no line has come");
                assertFalse(follower.isDone(), "it did not wait for more lines");
            }
            try {
                follower.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException e) { // it may have been in the middle of a line
                assertInstanceOf(ControlException.Unreachable.class, e.getCause());
            }
        }
    }

    @Test
    void tooMuchAtOnceAndCallsThatThereAreNotAreRefused() {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            String much = refused(() -> client.apply("#".repeat(17 << 20)));
            assertTrue(much.contains("more than 16777216 bytes"), much);
            assertTrue(refused(() -> client.objects(Map.of("nmespace", "x"))).contains("unknown parameter"));
            assertTrue(refused(() -> client.objects(Map.of("after", "x"))).contains("after must be a number"));
            assertTrue(refused(() -> client.object(Kind.SECRET, "default", "../x")).length() > 0);
        }
    }

    @Test
    void onlyItsUserCanOpenTheSocket() throws Exception {
        try (TestHost _ = new TestHost(data)) {
            assertEquals("rwx------", permissions(data));
            assertEquals("rwx------", permissions(data.resolve("control")));
            assertEquals("rw-------", permissions(data.resolve("control/socket")));
        }
        assertFalse(Files.exists(data.resolve("control/socket")));
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aSecondHostOnTheFolderIsRefusedAndTheFirstOneGoesOn() {
        try (TestHost _ = new TestHost(data); ControlClient client = new ControlClient(data)) {
            var refused = assertThrows(HostException.Broken.class, () -> new TestHost(data));
            assertTrue(refused.getMessage().contains("another host runs on the folder"), refused.getMessage());
            assertEquals("Ready", client.host().path("phase").asText());
        }
    }

    @Test
    void theSocketOfADeadHostIsReplaced() throws Exception {
        Path socket = Files.createDirectories(data.resolve("control")).resolve("socket");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        try (ControlClient client = new ControlClient(data)) {
            String nobody = assertThrows(ControlException.Unreachable.class, client::host).getMessage();
            assertTrue(nobody.contains("start one with `virga host`"), nobody);
            try (TestHost _ = new TestHost(data)) {
                assertEquals("Ready", client.host().path("phase").asText());
            }
        }
    }

    @Test
    void aPathThatIsTooLongForASocketIsTold() {
        Path deep = data.resolve("x".repeat(100));
        assertTrue(assertThrows(ControlException.Refused.class, () -> new TestHost(deep))
                .getMessage()
                .contains("choose a folder with a shorter path"));
    }

    @Test
    void itIsToldToDrain() throws Exception {
        try (TestHost host = new TestHost(data); ControlClient client = new ControlClient(data)) {
            client.drain();
            assertTrue(host.drained().await(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void probesAndScrapersAreAnswered() throws Exception {
        try (TestHost host = new TestHost(data); HttpClient client = HttpClient.newHttpClient()) {
            URI admin = host.server().admin().orElseThrow();
            assertEquals("ok\n", get(client, admin.resolve("/healthz")).body());
            assertEquals("ready\n", get(client, admin.resolve("/readyz")).body());
            assertTrue(get(client, admin.resolve("/metrics")).body().contains("virga_workloads"));
            assertEquals(404, get(client, admin.resolve("/v1/host")).statusCode());
        }
    }

    @Test
    void aHostThatDrainsIsNotReadyAndServesOn() throws Exception {
        try (TestHost host = new TestHost(data); HttpClient client = HttpClient.newHttpClient()) {
            URI admin = host.server().admin().orElseThrow();
            host.server().drain();
            assertEquals(503, get(client, admin.resolve("/readyz")).statusCode());
            assertEquals(200, get(client, admin.resolve("/healthz")).statusCode());
            assertEquals(404, get(client, host.server().uri()).statusCode(), "it listens");
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
