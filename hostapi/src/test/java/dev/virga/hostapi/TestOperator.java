package dev.virga.hostapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Speaks as wasmCloud's operator does: requests as protojson writes them, and answers refused that protojson would
 * refuse, which are those with a field that the definition has not.
 */
final class TestOperator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STATUS = Set.of("workloadId", "workloadState", "message");
    private static final Set<String> HEARTBEAT = Set.of(
            "id", "hostname", "friendlyName", "version", "labels", "startedAt", "osArch", "osName", "osKernel",
            "systemCpuUsage", "systemMemoryTotal", "systemMemoryFree", "componentCount", "workloadCount", "imports",
            "exports", "httpPort", "environment");

    /** What is said of a workload. */
    record Status(String id, String state, String message) {}

    private final Connection nats;
    private final BlockingQueue<JsonNode> heartbeats = new LinkedBlockingQueue<>();

    TestOperator(String url) throws IOException, InterruptedException {
        this(Options.builder().server(url));
    }

    TestOperator(Options.Builder options) throws IOException, InterruptedException {
        nats = Nats.connect(options.maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(50))
                .errorListener(new ErrorListener() {}) // says nothing of the outages that tests make
                .build());
        nats.createDispatcher(m -> heartbeats.add(json(m)))
                .subscribe("runtime.operator.heartbeat.>");
    }

    /** The next one to come. */
    JsonNode heartbeat() throws InterruptedException {
        JsonNode next = heartbeats.poll(30, TimeUnit.SECONDS);
        assertTrue(next != null, "no heartbeat comes");
        return checkedHeartbeat(next);
    }

    /** The next one of a host, which is then sure to hear. */
    JsonNode await(String host) throws InterruptedException {
        JsonNode next;
        do {
            next = heartbeat();
        } while (!next.path("id").asText().equals(host)); // another's
        return next;
    }

    void forgetHeartbeats() {
        heartbeats.clear();
    }

    static JsonNode checkedHeartbeat(JsonNode heartbeat) {
        heartbeat.fieldNames().forEachRemaining(name -> assertTrue(HEARTBEAT.contains(name), name));
        return heartbeat;
    }

    JsonNode ask(String host, String command, String body) throws Exception {
        return later(host, command, body.getBytes(StandardCharsets.UTF_8)).get();
    }

    CompletableFuture<JsonNode> later(String host, String command, byte[] body) {
        return nats.requestWithTimeout("runtime.host." + host + "." + command, body, PATIENCE)
                .thenApply(TestOperator::json);
    }

    private static JsonNode json(Message message) {
        try {
            return JSON.readTree(message.getData());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Status start(String host, String id, String workload) throws Exception {
        return status(ask(host, "workload.start", start(id, workload)));
    }

    static String start(String id, String workload) {
        return "{\"workload\":" + workload + ", \"workloadId\":\"" + id + "\"}";
    }

    CompletableFuture<Status> startLater(String host, String id, String workload) {
        return later(host, "workload.start", start(id, workload).getBytes(StandardCharsets.UTF_8))
                .thenApply(TestOperator::status);
    }

    Status status(String host, String id) throws Exception {
        return status(ask(host, "workload.status", "{\"workloadId\":\"" + id + "\"}"));
    }

    Status stop(String host, String id) throws Exception {
        return status(ask(host, "workload.stop", "{\"workloadId\":\"" + id + "\"}"));
    }

    /** Asks until a workload is in a state; the test's timeout ends a wait in vain. */
    Status await(String host, String id, String state) throws Exception {
        while (true) {
            Status now = status(host, id);
            if (now.state().equals(state)) {
                return now;
            }
            Thread.sleep(20); // there is no message when a state changes
        }
    }

    static Status status(JsonNode answer) {
        assertEquals(1, answer.size(), answer::toString);
        JsonNode status = answer.path("workloadStatus");
        status.fieldNames().forEachRemaining(name -> assertTrue(STATUS.contains(name), name));
        String state = status.path("workloadState").asText();
        assertTrue(state.startsWith("WORKLOAD_STATE_"), state);
        return new Status(
                status.path("workloadId").asText(),
                state.substring("WORKLOAD_STATE_".length()),
                status.path("message").asText());
    }

    /** A workload of one component, as the operator sends it for a manifest. */
    static String http(String namespace, String name, String image, String host) {
        return """
                {"namespace":"%s","name":"%s","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"},
                 "witWorld":{"components":[{"image":"%s","localResources":{"environment":{"LOG":"info"},
                   "volumeMounts":[{"name":"tmp","mountPath":"/tmp"}],"allowedHosts":["https://*.example.com"]},
                   "imagePullPolicy":"IMAGE_PULL_POLICY_IF_NOT_PRESENT","name":"api","aNewField":{"x":[1]}}],
                  "hostInterfaces":[{"namespace":"wasi","package":"http","version":"0.2.2",
                   "interfaces":["incoming-handler"],"config":{"host":"%s","host-aliases":"%s.%s, %s.%s.svc"}}]},
                 "volumes":[{"name":"tmp","emptyDir":{}}]}"""
                .formatted(namespace, name, image, host, name, namespace, name, namespace);
    }

    static String api(String namespace, String name, String host) {
        return http(namespace, name, "file:" + TestHost.EXAMPLES.resolve("http-api/api.wasm"), host);
    }

    /** A workload of a service alone. */
    static String service(String name, java.nio.file.Path image, int restarts) {
        return "{\"namespace\":\"a\",\"name\":\"" + name + "\",\"service\":{\"image\":\"file:" + image
                + "\",\"localResources\":{},\"maxRestarts\":\"" + restarts + "\"},\"witWorld\":{}}";
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
